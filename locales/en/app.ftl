# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.
# The `-any-` texts are shown for every user name alike: they must not tell whether an account exists.

## On the way

# After the user name, which stands before it: the way back to step 1.
not-you = Not you?
start-again-sure = If you start again, you’ll have to confirm it’s you once more.
start-again-no = Stay here

## Step 2: gates

gates-title = Confirm it’s you
gates-choose = Choose a method to continue.
# Neutral: some flows end without a new password.
gates-second = One more step to confirm it’s you.
gates-position = Verification step { $current } of { $total }
gate-mail = Code by email
gate-mail-to = We’ll send a code to { $address }.
gate-mail-any-to = If this account exists, we’ll send a code to every email address { $tenant } has on file for it.
gate-mail-send = Send code
gate-mail-sent = We’ve sent a code to { $address }. It may take a minute to arrive.
gate-mail-any-sent = If this account exists and has an email address, we’ve sent a code. It may take a minute to arrive.
gate-mail-resend = Send a new code
gate-mail-resent = We sent a new code at { $time }. Only the newest code works.
gate-mail-waiting = No email yet? Check your spam folder, and that the address above is yours.
gate-mail-any-waiting = No email yet? Check your spam folder and the spelling of your user name.
gate-mail-code = Code from the email
gate-authenticator = Authenticator app
gate-authenticator-lead = Open your authenticator app and enter the code it shows for { $tenant }.
gate-authenticator-code = Code from the app
gate-sms = Code by text message
gate-sms-to = We’ll send a code by text message to { $address }.
gate-sms-any-to = If this account exists, we’ll send a code by text message to the numbers { $tenant } has on file for it.
gate-sms-sent = We’ve sent a code by text message to { $address }. It may take a minute to arrive.
gate-sms-any-sent = If this account exists and has a mobile number, we’ve sent a code by text message. It may take a minute to arrive.
gate-sms-waiting = No text message yet? Check that the number above is yours and that your phone has a signal.
gate-sms-any-waiting = No text message yet? Check the spelling of your user name, and that your phone has a signal.
gate-sms-code = Code from the text message
gate-voice = Code by phone call
gate-voice-to = We’ll call { $address } and read out a code.
gate-voice-any-to = If this account exists, we’ll call the numbers { $tenant } has on file for it and read out a code.
gate-voice-send = Call me
gate-voice-sent = We’re calling { $address }. Answer the call and write down the code.
gate-voice-any-sent = If this account exists and has a phone number, we’re calling now. Answer the call and write down the code.
gate-voice-resend = Call me again
# Where nobody is told whether the account exists; for every method.
gate-any-resent = A new code was requested at { $time }. Only the newest code works.
gate-voice-resent = We called you again at { $time }. Only the newest code works.
gate-voice-waiting = No call yet? Check that the number above is yours, and that your phone isn’t on silent or in use.
gate-voice-any-waiting = No call yet? Check the spelling of your user name, and that your phone isn’t on silent or in use.
gate-voice-code = Code from the phone call
gate-passkey = Passkey
gate-passkey-lead = Choose the passkey you set up for { $tenant }. Your device will ask for your fingerprint, face or PIN.
gate-passkey-use = Use a passkey
passkey-old = This browser doesn’t support passkeys.
passkey-elsewhere = Passkeys work only on the password reset page itself, not here.
passkey-cancelled = No passkey was used. Try again or use another method.
passkey-failed = The passkey didn’t work. Try again or use another method.
passkey-reason-wrong-code = { $tries ->
    [one] This passkey wasn’t accepted. You have { $tries } attempt left.
   *[other] This passkey wasn’t accepted. You have { $tries } attempts left.
  }
    .do = Choose the passkey you set up for this account, or use another method.
passkey-not-made = No passkey was added. You can try again at any time.
passkey-known = This device already has a passkey for your account.
passkey-reason-method-not-added = The passkey wasn’t added.
    .do = Please add it again.
password-reason-locked = The wrong password was entered too many times.
    .do = You can try again on { $until }. If you’ve forgotten your password, reset it instead, or ask the helpdesk.
unsent-reason-sent-too-recently = We can’t send a new code just yet.
    .do = You can ask for one at { $until }. Until then, use another method if you have one, or ask the helpdesk.
unsent-reason-too-many-codes = Too many codes have been sent.
    .do = You can ask for a new one on { $until }. Until then, use another method if you have one, or ask the helpdesk.
gate-reason-too-many-from-network = There have been too many attempts from your network.
    .do = A passkey, a recovery code or a one-time code from the helpdesk still works, if you have one. Otherwise, try again on { $until } or use another network, such as mobile data. If it’s urgent, ask the helpdesk.
gate-recovery = Recovery code
gate-recovery-lead = Enter one of your saved recovery codes. Each code works once.
gate-recovery-code = Your recovery code
gate-recovery-hint = 16 letters and numbers, such as 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = One-time code from the helpdesk
gate-pass-lead = Enter the one-time code the helpdesk gave you.
gate-pass-code = Code from the helpdesk
gate-pass-hint = 10 letters and numbers, such as K7QXM‑2P9TR
gate-code-hint = { $digits } digits
gate-code-until = Valid until { $until }.
gate-code-empty = Enter the code.
gate-code-length = The code has { $digits } digits. Check it and enter it again.
gate-code-expired = This code has expired. Send a new one.
# Where another tab of this page asked for a code later: each tab takes its own alone. Shown for every
# user name alike, so it does not say that a code was sent.
gate-other-tab = You asked for a newer code in another tab or window at { $time }. It works only there. Here, enter the code you asked for at { $sent }.
# The time of the code that is right here is not known, or is the same minute.
gate-other-tab-before = You asked for a newer code in another tab or window at { $time }. It works only there. Here, enter the code you asked for before that.
# The advice before the last attempt, by what comes after it.
last-try-of-code = Check it carefully. If it’s wrong again, you’ll need a new code.
last-try-of-flow = Check it carefully. If it’s wrong again, you’ll have to start again.
last-try = Check it carefully. If it’s wrong again, you’ll have to wait before you can use this method.
codes-left = { $left ->
    [0] That was your last recovery code. Ask the helpdesk for new ones.
    [one] You have { $left } recovery code left.
   *[other] You have { $left } recovery codes left.
  }
gate-submit = Continue
gates-more = More ways
gate-other = Use another method

## Step 3: the new password

password-title = Choose a new password
password-new = New password
password-repeat = Repeat new password
password-show = Show
password-hide = Hide
password-show-label = Show password
password-hide-label = Hide password
password-submit = Set new password
caps-lock = Caps Lock is on.
password-empty = Enter a new password.
password-mismatch = The passwords don’t match. Enter them again.
# Every rule continues this sentence.
password-rules = Your new password must:
rule-length = { $minimum ->
    [one] have at least { $minimum } character
   *[other] have at least { $minimum } characters
  }
# In brackets after `rule-length`.
rule-length-so-far = { $length ->
    [one] { $length } so far
   *[other] { $length } so far
  }
rule-too-long = { $maximum ->
    [one] have no more than { $maximum } character
   *[other] have no more than { $maximum } characters
  }
rule-characters = not contain line breaks, tabs or other control characters
rule-classes = contain at least 3 of these: uppercase letters, lowercase letters, numbers, symbols
rule-names = not contain your user name or any part of your name
# Below the second field, in a list of its own.
rule-match = Both fields match
rule-history = { $history ->
    [one] be different from your last password (checked when you submit)
   *[other] be different from your last { $history } passwords (checked when you submit)
  }
# The state of a rule, in brackets after it, for screen readers.
rule-kept = met
rule-open = not met yet
rule-broken = not met
rule-too-young = Your password was changed recently. You can change it again on { $until }.

## Working, and the end

working-send = Sending the code…
working-answer = Checking…
working-passkey = Waiting for your passkey…
working-password = Setting your new password…
working-extend = Asking for more time…
done-title = Your new password is set
done-lead = { $tenant } has confirmed it. You can now sign in with your new password.
done-synchronised = It will work for cloud services within about two minutes.
done-at-once = It works for cloud services straight away.
done-elsewhere = Phones and other devices that still use your old password will ask for the new one.
sign-in = Sign in
done-close = You can close this page.
start-again = Start again
check-again = Check what happened
reset-there = Reset it there
# After more time was asked for.
session-until = You now have until { $until }.
session-ends = For your security, this page will go back to the start at { $until }.
session-extend = I need more time

## The other flows

flows-label = Need something else?
gate-password = Current password
gate-password-hint = Even if it has expired or must be changed
gate-password-empty = Enter your current password.
user-name-sent-title = Check your email
user-name-sent-lead = If this address belongs to an account at { $tenant }, we’ve sent the user name to it.
not-locked-title = Your account isn’t locked
not-locked-lead = There’s nothing to unlock. You can sign in with your current password.
not-locked-reset = Forgotten it? You can choose a new one now.
unlocked-title = Your account is unlocked
unlocked-lead = { $tenant } has confirmed it. You can sign in with your current password.

## The user's own security methods

methods-title = Your security methods
methods-own = Set up by you
methods-none = Nothing yet. Add a method so that you can reset your password even when you can’t read your email.
methods-left = { $left ->
    [0] No codes left – create new ones
    [one] { $left } code left
   *[other] { $left } codes left
  }
methods-recovery = Recovery codes
methods-password-hint = The password you use to sign in to your computer
methods-kept = Managed by { $tenant }
methods-kept-hint = If something here is wrong, the helpdesk can correct it.
methods-due = Please check that everything here is still correct.
methods-due-confirm = Yes, it’s all correct
methods-add-authenticator = Add an authenticator app
methods-add-recovery = Create recovery codes
methods-add-passkey = Add a passkey
methods-since = Added on { $time }
methods-from = Can be used from { $time }. If you need it sooner, ask the helpdesk.
methods-title-passkey = Add a passkey
methods-passkey-lead = Your device or password manager stores the passkey. You use it with your fingerprint, face or device PIN, so there’s nothing to remember or type.
methods-passkey-use = Continue on this device
methods-remove = Remove
methods-remove-sure = Remove it from your account?
methods-remove-yes = Yes, remove it
methods-remove-no = No, keep it
# Some new methods work only from the next day on (`methods-from`): this must not say “now”.
methods-added = Added to your account.
methods-removed = Removed. It no longer works.
methods-confirmed = Thank you. Everything is confirmed.
# The button that leaves the methods, and the last screen.
methods-done = Done
methods-finished-title = You’re all set
methods-finished-lead = Your security methods are up to date.
# The button to go on was pressed before the codes were copied, saved or printed.
recovery-not-kept = Save your recovery codes first.
    .do = Copy, save or print them. They won’t be shown again.
methods-give-up = Cancel
methods-not-loaded = Part of this page couldn’t be loaded.
    .do = Check your connection and try again. You’ll continue where you left off.
methods-title-authenticator = Add an authenticator app
methods-authenticator-lead = Open an authenticator app on your phone and scan this QR code.
methods-authenticator-picture = QR code for the authenticator app
methods-authenticator-open = Or open it in an app on this device
methods-authenticator-no-picture = The QR code couldn’t be loaded. Enter the key below in the app instead.
methods-authenticator-key = Can’t scan it? Enter this key in the app:
methods-authenticator-then = Then enter the code the app shows for { $tenant }.
methods-title-recovery = Save your recovery codes
methods-recovery-lead = Use one when you can’t use another method. Each code works once. Keep them where only you can find them: they won’t be shown again. Any older codes stop working when you continue.
methods-recovery-file = Recovery codes for { $tenant }
methods-kept-them = I’ve saved them
methods-copy = Copy
methods-copied = Copied.
methods-not-copied = Couldn’t copy automatically. The text is selected, ready for you to copy.
methods-save = Save as a text file
methods-saved = Saved. Move the file to a safe place.
methods-print = Print
done-methods = So you can always get back in:

## When something did not work

unconfirmed = We couldn’t confirm whether your new password was set.
    .do = Choose “Check what happened”. If that doesn’t help, try signing in with the new password.
not-from-agent = The answer didn’t come from { $tenant }’s own network, so it was rejected.
    .do = Try again. If it happens again, please tell the helpdesk.
key-not-pinned = The password service has a new encryption key that this website hasn’t approved yet, so this page won’t send it anything.
    .do = Nothing was changed. Try again. If it happens again, please tell the helpdesk.
key-not-pinned-doubt = We couldn’t confirm whether your new password was set: the password service has a new encryption key that this website hasn’t approved yet.
    .do = Try signing in with the new password. If that doesn’t work, please tell the helpdesk.
unchanged = Nothing was changed. You can choose a new password again.
