"use strict";
// Before anything is drawn: the choice of light or dark, if one was made.
const chosenTheme = localStorage.getItem("theme");
if (chosenTheme) document.documentElement.dataset.theme = chosenTheme;
