# What helps to choose a good password. `quality-words` and `quality-later` continue `password-rules`.

quality-words = sudarytas ne vien iš dažnų žodžių ir derinių
quality-later = sudarytas ne vien iš Jūsų organizacijos draudžiamų žodžių (tikrinama pateikus)
strength-weak = Silpnas slaptažodis
strength-fair = Vidutinis slaptažodis
strength-good = Geras slaptažodis
strength-strong = Stiprus slaptažodis
passphrase-suggest = Pasiūlyti slaptažodį
passphrase-title = Siūlomas slaptažodis iš žodžių
passphrase-lead = Atsitiktinius žodžius lengva įsiminti ir sunku atspėti.
passphrase-use = Naudoti šį
passphrase-another = Pasiūlyti kitą
passphrase-used = Abu laukai užpildyti. Prieš pateikdami slaptažodį, jį įsiminkite arba išsaugokite.
passphrase-failed = Slaptažodžio pasiūlyti nepavyko. Sugalvokite savo slaptažodį.
quality-not-loaded = Šiuo metu negalime parodyti slaptažodžio stiprumo. Slaptažodį vis tiek galite nustatyti.
