# What helps to choose a good password.

quality-words = ne vien dažni žodžiai ir deriniai
quality-later = Ar nėra žodžių, kuriuos draudžia tik Jūsų organizacija, tikrinama pateikus.
strength-weak = Slaptažodžio stiprumas: menkas
strength-fair = Slaptažodžio stiprumas: vidutinis
strength-good = Slaptažodžio stiprumas: geras
strength-strong = Slaptažodžio stiprumas: didelis
passphrase-suggest = Pasiūlyti slaptažodį iš žodžių
passphrase-title = Siūlomas slaptažodis
passphrase-lead = Atsitiktinius žodžius lengva įsiminti ir sunku atspėti.
passphrase-use = Naudoti šį
passphrase-another = Pasiūlyti kitą
passphrase-used = Abu laukai užpildyti. Prieš pateikdami slaptažodį, jį įsiminkite arba išsaugokite.
passphrase-failed = Slaptažodžio pasiūlyti nepavyko. Sugalvokite savo.
quality-not-loaded = Slaptažodžio stiprumo dabar parodyti nepavyksta. Slaptažodį vis tiek galite nustatyti.
