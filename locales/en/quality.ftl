# What helps to choose a good password.

quality-words = more than common words and patterns
quality-later = Words that only your organisation forbids are checked when you submit.
strength-weak = Strength: weak
strength-fair = Strength: fair
strength-good = Strength: good
strength-strong = Strength: strong
passphrase-suggest = Suggest a passphrase
passphrase-title = Suggested passphrase
passphrase-lead = Random words are easy to remember and hard to guess.
passphrase-use = Use this one
passphrase-another = Suggest another
passphrase-used = Both fields are filled in. Remember the passphrase or save it before you submit.
passphrase-failed = No passphrase could be suggested. Please choose a password of your own.
quality-not-loaded = The strength of the password cannot be shown right now. You can set your password all the same.
