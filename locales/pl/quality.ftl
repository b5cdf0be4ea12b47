# What helps to choose a good password. `quality-words` and `quality-later` continue `password-rules`.

quality-words = coś więcej niż popularne słowa i wzorce
quality-later = coś więcej niż słowa niedozwolone w Twojej organizacji (sprawdzimy po wysłaniu)
strength-weak = Hasło: słabe
strength-fair = Hasło: średnie
strength-good = Hasło: dobre
strength-strong = Hasło: silne
passphrase-suggest = Zaproponuj hasło ze słów
passphrase-title = Proponowane hasło ze słów
passphrase-lead = Losowe słowa łatwo zapamiętać, a trudno odgadnąć.
passphrase-use = Użyj tego hasła
passphrase-another = Zaproponuj inne
passphrase-used = Oba pola są wypełnione. Zapamiętaj lub zapisz to hasło, zanim je wyślesz.
passphrase-failed = Nie udało się zaproponować hasła ze słów. Wymyśl własne hasło.
quality-not-loaded = Nie możemy teraz pokazać siły hasła. Mimo to możesz je ustawić.
