# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

## Step 2: gates

gates-title = Confirm it is you
gates-choose = Choose how to confirm that it is you.
gates-second = One more confirmation, then you choose your new password.
gates-position = Confirmation { $current } of { $total }
gate-mail = Code by email
gate-mail-to = We will send a code to { $address }.
gate-mail-any-to = If there is an account with this name, we will send a code to every email address that { $tenant } has on file for it.
gate-mail-send = Send the code
gate-mail-sent = We have sent a code to { $address }. It may take a minute to arrive.
gate-mail-any-sent = If this account exists and has an email address, a code is on its way. It may take a minute to arrive.
gate-mail-resend = Send a new code
gate-mail-waiting = No email yet? Look into your spam folder, and check that the address above is yours.
gate-mail-any-waiting = No email yet? Look into your spam folder, and check that you typed your user name correctly.
gate-mail-code = Code from the email
gate-authenticator = Authenticator app
gate-authenticator-lead = Open your authenticator app and type the code it shows for { $tenant }.
gate-authenticator-code = Code from the app
gate-sms = Code by text message
gate-sms-to = We will send a code by text message to { $address }.
gate-sms-any-to = If there is an account with this name, we will send a code by text message to the numbers that { $tenant } has on file for it.
gate-sms-sent = We have sent a code by text message to { $address }. It may take a minute to arrive.
gate-sms-any-sent = If this account exists and has a mobile number, a code is on its way by text message. It may take a minute to arrive.
gate-sms-waiting = No text message yet? Check that the number above is yours, and that your phone has a signal.
gate-sms-any-waiting = No text message yet? Check that you typed your user name correctly, and that your phone has a signal.
gate-sms-code = Code from the text message
gate-voice = Code by phone call
gate-voice-to = We will call { $address } and tell you a code.
gate-voice-any-to = If there is an account with this name, we will call the numbers that { $tenant } has on file for it and tell you a code.
gate-voice-send = Call me
gate-voice-sent = We are calling { $address }. Pick up and write down the code.
gate-voice-any-sent = If this account exists and has a phone number, we are calling now. Pick up and write down the code.
gate-voice-resend = Call me again
gate-voice-waiting = No call yet? Check that the number above is yours, and that your phone is not muted or busy.
gate-voice-any-waiting = No call yet? Check that you typed your user name correctly, and that your phone is not muted or busy.
gate-voice-code = Code from the call
gate-passkey = Passkey
gate-passkey-lead = Choose the passkey that you have set up for { $tenant }. Your device will ask for your fingerprint, your face or its PIN.
gate-passkey-use = Use a passkey
passkey-old = This browser cannot use passkeys.
passkey-elsewhere = Passkeys work only on the reset page itself, not here.
passkey-cancelled = No passkey was used. Try again, or use another way.
passkey-failed = A passkey could not be used right now. Try again, or use another way.
passkey-reason-wrong-code = { $tries ->
    [one] This passkey was not accepted. You have { $tries } more try.
   *[other] This passkey was not accepted. You have { $tries } more tries.
  }
    .do = Choose the passkey that you have set up for this account, or use another way.
passkey-not-made = No passkey was added. You can try again at any time.
passkey-known = This device has a passkey for your account already.
passkey-reason-method-not-added = The passkey was not added.
    .do = Please add it again.
password-reason-locked = The wrong password was typed too often.
    .do = You can try again on { $until }. If you have forgotten it, reset it instead, or ask the helpdesk.
unsent-reason-sent-too-recently = A new code cannot be sent just yet.
    .do = You can ask for one at { $until }. Until then use another way, if you have one, or ask the helpdesk.
unsent-reason-too-many-codes = So many codes have been sent that no more can be sent for now.
    .do = You can ask for one on { $until }. Until then use another way, if you have one, or ask the helpdesk.
gate-reason-too-many-from-network = Too many attempts have come from your network.
    .do = A passkey, a recovery code or a pass from the helpdesk still works, if you have one. Otherwise try again on { $until }, or from another network, such as your phone’s. If it is urgent, ask the helpdesk.
unlock-reason-not-locked = Your account is not locked.
    .do = If you cannot sign in, ask the helpdesk for a new password. Otherwise just close this page.
gate-recovery = Recovery code
gate-recovery-lead = Type one of the recovery codes that you keep. Each works once.
gate-recovery-code = One of your recovery codes
gate-recovery-hint = 16 letters and digits, as in 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Pass from the helpdesk
gate-pass-lead = Type the pass that the helpdesk has given you. It works once.
gate-pass-code = Pass
gate-pass-hint = 10 letters and digits, as in K7QXM‑2P9TR
gate-code-hint = { $digits } digits
gate-code-until = Valid until { $until }.
gate-code-empty = Please type the code.
codes-left = { $left ->
    [0] That was your last recovery code. Ask the helpdesk for new ones.
    [one] You have { $left } recovery code left.
   *[other] You have { $left } recovery codes left.
  }
gate-submit = Continue
gate-other = Use another way

## Step 3: the new password

password-title = Choose a new password
password-new = New password
password-repeat = Repeat the new password
password-show = Show
password-hide = Hide
password-show-label = Show the password
password-hide-label = Hide the password
password-submit = Set the new password
password-empty = Please type a new password.
password-mismatch = The two passwords are not the same. Please type them again.
password-rules = Your new password needs
rule-length = { $minimum ->
    [one] at least { $minimum } character
   *[other] at least { $minimum } characters
  }
rule-length-so-far = { $length ->
    [one] { $length } so far
   *[other] { $length } so far
  }
rule-too-long = { $maximum ->
    [one] at most { $maximum } character
   *[other] at most { $maximum } characters
  }
rule-characters = to be without line breaks, tabs and other control characters
rule-classes = 3 of these: capital letters, small letters, digits, symbols
rule-names = nothing from your name or user name
rule-match = the same in both fields
rule-history = { $history ->
    [one] Different from your last password. This is checked when you submit.
   *[other] Different from your last { $history } passwords. This is checked when you submit.
  }
rule-kept = met
rule-open = not met yet
rule-too-young = Your password was changed recently. It can be changed again on { $until }.

## Working, and the end

working-send = Sending the code…
working-answer = Checking…
working-passkey = Waiting for your passkey…
working-password = Setting your new password…
working-extend = Asking for more time…
done-title = Your new password is set
done-lead = { $tenant } has confirmed it. You can sign in with it now.
done-synchronised = It is good for cloud services within about two minutes.
done-at-once = It is good for cloud services at once.
done-elsewhere = Phones and other devices that know your old password will ask for the new one.
done-close = You can close this page.
start-again = Start again
check-again = Check what happened
reset-there = Reset it there
session-until = Please finish by { $until }.
session-ends = For your safety, this page starts over at { $until }.
session-extend = I need more time

## The other flows

flows-label = Something else?
gate-password = Current password
gate-password-hint = Also if it has expired or has to be changed
gate-password-empty = Please type your current password.
user-name-sent-title = Look into your mailbox
user-name-sent-lead = If this address belongs to an account at { $tenant }, its user name is on its way there.
unlocked-title = Your account is unlocked
unlocked-lead = { $tenant } has confirmed it. You can sign in with the password that you have.

## One's own methods

methods-title = How you can confirm it is you
methods-own = Set up by you
methods-none = Nothing yet. With a method of your own you can reset your password even when you cannot read your email.
methods-left = { $left ->
    [0] No code left: make new ones
    [one] { $left } code left
   *[other] { $left } codes left
  }
methods-recovery = Recovery codes
methods-password-hint = The one you sign in to your computer with
methods-kept = Kept by { $tenant }
methods-kept-hint = If something here is wrong, the helpdesk can correct it.
methods-due = Please check that all of these are still right.
methods-due-confirm = Yes, all are right
methods-add-authenticator = Add an authenticator app
methods-add-recovery = Make new recovery codes
methods-add-passkey = Add a passkey
methods-since = Added on { $time }
methods-from = Can be used from { $time }. If you need it sooner, please ask the helpdesk.
methods-title-passkey = Add a passkey
methods-passkey-lead = A passkey is kept by your device or your password manager. You use it with your fingerprint, your face or the PIN of the device: there is nothing to remember and nothing to type.
methods-passkey-use = Continue on this device
methods-remove = Remove
methods-remove-sure = Remove it from your account?
methods-remove-yes = Yes, remove it
methods-remove-no = No, keep it
methods-added = It is set up.
methods-removed = It is removed and works no longer.
methods-confirmed = Thank you. Everything is confirmed.
methods-give-up = Back, without adding it
methods-not-loaded = A part of this page could not be loaded.
    .do = Check the connection and try again. You will continue where you were.
methods-title-authenticator = Add an authenticator app
methods-authenticator-lead = Open an authenticator app on your phone and scan this picture with it.
methods-authenticator-picture = QR code for the authenticator app
methods-authenticator-open = Or open it in an app on this device
methods-authenticator-no-picture = The picture could not be loaded. Type the key below into the app instead.
methods-authenticator-key = If nothing can be scanned, type this key into the app:
methods-authenticator-then = Then type the code that the app shows for { $tenant }.
methods-title-recovery = Keep your new recovery codes
methods-recovery-lead = Each code works once, when nothing else is at hand. Keep them where only you can find them: they are not shown again. Codes from before stop working when you continue.
methods-recovery-file = Recovery codes for { $tenant }
methods-kept-them = I have kept them
methods-copy = Copy
methods-copied = Copied.
methods-not-copied = It is selected: please copy it yourself.
methods-save = Save as a text file
methods-saved = Saved. Move the file to a safe place.
methods-print = Print
done-methods = So that you can always get back in:

## When something did not work

unconfirmed = We could not confirm whether your new password was set.
    .do = Choose “Check what happened”. If that does not help, try to sign in with the new password first.
not-from-agent = The answer did not come from { $tenant }’s own network, so this page does not believe it.
    .do = Try again. If it happens again, please tell the helpdesk.
key-not-pinned = The password service has a new key that this website has not approved yet, so this page sends it nothing.
    .do = Nothing was changed. Try again. If it happens again, please tell the helpdesk.
key-not-pinned-doubt = We could not confirm whether your new password was set: the password service has a new key that this website has not approved yet.
    .do = Try to sign in with the new password first. If that does not work, please tell the helpdesk.
unchanged = Nothing was changed. You can choose a password again.
