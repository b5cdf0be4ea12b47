# What helps to choose a good password.

quality-words = coś więcej niż popularne słowa i wzory
quality-later = Słowa zabronione tylko w Twojej organizacji są sprawdzane po wysłaniu.
strength-weak = Siła hasła: mała
strength-fair = Siła hasła: średnia
strength-good = Siła hasła: dobra
strength-strong = Siła hasła: duża
passphrase-suggest = Zaproponuj hasło ze słów
passphrase-title = Proponowane hasło
passphrase-lead = Losowe słowa łatwo zapamiętać i trudno odgadnąć.
passphrase-use = Użyj tego
passphrase-another = Zaproponuj inne
passphrase-used = Oba pola są wypełnione. Zapamiętaj lub zapisz hasło, zanim je wyślesz.
passphrase-failed = Nie udało się zaproponować hasła. Wymyśl własne.
quality-not-loaded = Nie można teraz pokazać siły hasła. Mimo to hasło można ustawić.
