"""One module a command; each holds a click command named `command`. Heavy libraries load when a command runs."""
