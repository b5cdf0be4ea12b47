# What helps to choose a good password.

quality-words = več kot samo pogoste besede in vzorci
quality-later = Besede, ki jih prepoveduje samo vaša organizacija, se preverijo ob oddaji.
strength-weak = Moč gesla: majhna
strength-fair = Moč gesla: srednja
strength-good = Moč gesla: dobra
strength-strong = Moč gesla: velika
passphrase-suggest = Predlagaj geslo iz besed
passphrase-title = Predlagano geslo
passphrase-lead = Naključne besede si je lahko zapomniti in težko uganiti.
passphrase-use = Uporabi to
passphrase-another = Predlagaj drugo
passphrase-used = Obe polji sta izpolnjeni. Preden geslo oddate, si ga zapomnite ali shranite.
passphrase-failed = Gesla ni bilo mogoče predlagati. Izmislite si svoje.
quality-not-loaded = Moči gesla trenutno ni mogoče prikazati. Geslo lahko kljub temu nastavite.
