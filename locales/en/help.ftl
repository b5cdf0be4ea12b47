# The page of advice: what to do when something goes wrong. These texts stay on the server.

help-title = Help with your password
help-lead = What to do when something goes wrong, and why.
help-code-title = No code arrives
# It quotes `gate-mail-resend`.
help-code = Give it a minute, and check your spam folder. Then choose “Send a new code”: only the newest code works. If the address or number we have for you is out of date, the helpdesk can correct it.
help-device-title = Your phone is new or lost
# It quotes `gate-other`.
help-device = Choose “Use another method” and confirm it’s you that way. If you have no other method, the helpdesk can help. If you’ve lost your phone, tell them straight away, so that nobody else can use it to pretend to be you.
help-password-title = Your new password isn’t accepted
help-password = The page shows which rule isn’t met. Three or four words that have nothing to do with each other are long, strong and easy to remember. Leave out your name and passwords you’ve used before. If your password was changed only recently, the page shows when you can change it again.
help-devices-title = A device refuses your new password
help-devices = Phones, email apps and network drives may still have your old password and try it again and again, which can lock your account. Enter the new password there too.
help-locked-title = Your account is locked
help-locked = If wrong passwords have locked your account, resetting your password here unlocks it. After too many wrong codes, this page accepts no more of them for up to a day, and shows when you can try again. Other methods still work. If it’s urgent, ask the helpdesk.
help-questions-title = Why there are no security questions
help-questions = The name of a pet or a school can be found out, guessed or forgotten. A code that reaches only you is far better proof that it’s you. Current standards no longer allow such questions.
help-real-title = Is this page genuine?
help-real = Check the address bar: it must show the address your organisation gave you, letter for letter. Come here from your organisation’s own pages or type the address, and don’t follow a link in a message you didn’t expect. Nobody, not even the helpdesk, will ever ask you for your password or for a code that was sent to you.
help-sealed-title = Encrypted in your browser
help-sealed = Your user name, codes and password are encrypted here. Neither this website nor anyone on the way can read them.
help-helpdesk-title = Still stuck?
help-helpdesk = Contact { $tenant }’s helpdesk:
help-back = Back to password reset
