"""The web page: upload, look, correct, compare, download; for one person, on this machine."""
