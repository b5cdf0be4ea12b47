# The page of advice: what to do when something is in the way. These texts stay on the server.

help-title = Help with your password
help-lead = What to do when something is in the way, and why it is so.
help-code-title = No code arrives
help-code = Give it a minute, and look into the spam folder too. Then choose “Send a new code”; the newest one counts. If the address or number that we have for you is an old one, the helpdesk can correct it.
help-device-title = Your phone is new or lost
help-device = Choose “Use another way” and confirm that it is you by other means. If there is no other way, the helpdesk can help. Tell them about a lost phone at once, so that nobody else can use it to confirm.
help-password-title = The new password is not accepted
help-password = The page names the rule that is not met. Three or four words that have nothing to do with each other are long, strong and easy to remember; leave out your name and passwords you have used before. If it was changed only recently, the page says when it can be changed again.
help-devices-title = The new password is set, and a device refuses it
help-devices = Phones, email programs and drives still know the old one and try it again and again, which can lock your account. Type the new password there too.
help-locked-title = Your account is locked
help-locked = If wrong passwords have locked your account, a reset here unlocks it. After too many wrong codes this page takes no more of them, for a day at most, and says until when; other ways still work. If it is urgent, ask the helpdesk.
help-questions-title = Why there are no security questions
help-questions = The name of a pet or a school can be found out, guessed, or forgotten. A code that reaches only you says much more about who you are. The standards of today no longer allow such questions.
help-real-title = Is this page the real one?
help-real = Look at the address bar: it has to be the address that your organisation gave you, letter for letter. Come here from your organisation’s own pages or type the address, and do not follow a link in a message that you did not expect. Nobody, not even the helpdesk, will ever ask you for your password or for a code that was sent to you.
help-sealed-title = Sealed in your browser
help-sealed = Your user name, codes and password are encrypted here. Neither this website nor anyone on the way can read them.
help-helpdesk-title = Nothing of this helps
help-helpdesk = The helpdesk of { $tenant }:
help-back = Back to the reset
