# What helps to choose a good password. `quality-words` and `quality-later` continue `password-rules`.

quality-words = be more than common words and patterns
quality-later = be more than words your organisation doesn’t allow (checked when you submit)
strength-weak = Strength: weak
strength-fair = Strength: fair
strength-good = Strength: good
strength-strong = Strength: strong
passphrase-suggest = Suggest a passphrase
passphrase-title = Suggested passphrase
passphrase-lead = Random words are easy to remember and hard to guess.
passphrase-use = Use this one
passphrase-another = Suggest another
passphrase-used = Both fields are filled in. Remember or save the passphrase before you submit.
passphrase-failed = We couldn’t suggest a passphrase. Please choose a password yourself.
quality-not-loaded = We can’t show the strength of your password right now. You can still set it.
