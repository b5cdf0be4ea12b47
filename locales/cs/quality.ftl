# What helps to choose a good password. `quality-words` and `quality-later` continue `password-rules`.

quality-words = není složené jen z běžných slov a vzorů
quality-later = není složené jen ze slov, která vaše organizace nepovoluje (ověří se po odeslání)
strength-weak = Slabé heslo
strength-fair = Středně silné heslo
strength-good = Dobré heslo
strength-strong = Silné heslo
passphrase-suggest = Navrhnout heslo ze slov
passphrase-title = Navržené heslo ze slov
passphrase-lead = Náhodná slova se snadno pamatují, ale těžko uhodnou.
passphrase-use = Použít toto
passphrase-another = Navrhnout jiné
passphrase-used = Obě pole jsou vyplněná. Než heslo odešlete, zapamatujte si ho nebo ho uložte.
passphrase-failed = Heslo se nepodařilo navrhnout. Zvolte si prosím vlastní.
quality-not-loaded = Sílu hesla teď nelze zobrazit. Nastavit si ho přesto můžete.
