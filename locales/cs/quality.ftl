# What helps to choose a good password.

quality-words = něco víc než běžná slova a vzory
quality-later = Slova, která zakazuje jen vaše organizace, se ověří po odeslání.
strength-weak = Síla hesla: malá
strength-fair = Síla hesla: střední
strength-good = Síla hesla: dobrá
strength-strong = Síla hesla: velká
passphrase-suggest = Navrhnout heslo ze slov
passphrase-title = Navržené heslo
passphrase-lead = Náhodná slova se snadno pamatují a těžko hádají.
passphrase-use = Použít toto
passphrase-another = Navrhnout jiné
passphrase-used = Obě pole jsou vyplněná. Než heslo odešlete, zapamatujte si ho nebo ho uložte.
passphrase-failed = Heslo se nepodařilo navrhnout. Zvolte si prosím vlastní.
quality-not-loaded = Sílu hesla teď nelze zobrazit. Heslo si přesto můžete nastavit.
