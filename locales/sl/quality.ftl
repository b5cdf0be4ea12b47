# What helps to choose a good password. `quality-words` and `quality-later` continue `password-rules`.

quality-words = vsebovati več kot le pogoste besede in vzorce
quality-later = vsebovati več kot le besede, ki jih vaša organizacija ne dovoli (preveri se ob oddaji)
strength-weak = Šibko geslo
strength-fair = Srednje močno geslo
strength-good = Dobro geslo
strength-strong = Močno geslo
passphrase-suggest = Predlagaj geslo iz besed
passphrase-title = Predlagano geslo iz besed
passphrase-lead = Naključne besede si je lahko zapomniti in težko uganiti.
passphrase-use = Uporabi to
passphrase-another = Predlagaj drugo
passphrase-used = Obe polji sta izpolnjeni. Preden geslo oddate, si ga zapomnite ali ga shranite.
passphrase-failed = Gesla iz besed nismo mogli predlagati. Izberite geslo sami.
quality-not-loaded = Moči gesla trenutno ne moremo prikazati. Geslo lahko kljub temu nastavite.
