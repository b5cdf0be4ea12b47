# What the reset page says. These texts travel to the browser.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

page-title = Reset your password
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }

## The step indicator

steps-label = Progress
step-identify = User name
step-gates = Verification
step-password = New password
step-passed = completed

## Step 1: who you are

identify-title = Reset your password
identify-lead = What you type is sealed in this browser, and only { $tenant }’s own network can open it.
identify-name = User name
identify-name-hint = The name you use to sign in to your computer
identify-submit = Continue
identify-empty = Please type your user name.

## Step 2: gates

gates-title = Confirm it is you
gates-choose = Choose how to confirm that it is you.
gates-second = One more confirmation, then you choose your new password.
gates-position = Confirmation { $current } of { $total }
gate-mail = Code by email
gate-mail-to = We will send a code to { $address }.
gate-mail-send = Send the code
gate-mail-sent = We have sent a code to { $address }. It may take a minute to arrive.
gate-mail-resend = Send a new code
gate-mail-code = Code from the email
gate-authenticator = Authenticator app
gate-authenticator-lead = Open your authenticator app and type the code it shows for { $tenant }.
gate-authenticator-code = Code from the app
gate-code-hint = 6 digits
gate-code-until = Valid until { $until }.
gate-code-empty = Please type the 6 digits of the code.
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
rule-classes = 3 of these: capital letters, small letters, digits, symbols
rule-names = nothing from your name or user name
rule-match = the same in both fields
rule-on-submit = Whether it was used before is checked when you submit.
rule-history = { $history ->
    [one] Different from your last password. This is checked when you submit.
   *[other] Different from your last { $history } passwords. This is checked when you submit.
  }
rule-kept = met
rule-open = not met yet
rule-too-young = Your password was changed recently. It can be changed again on { $until }.

## Working, and the end

working-identify = Looking up your account…
working-send = Sending the code…
working-answer = Checking the code…
working-password = Setting your new password…
working-resume = Continuing where you were…
working-extend = Asking for more time…
done-title = Your new password is set
done-lead = { $tenant } has confirmed it. You can sign in with it now.
done-elsewhere = Phones and other devices that know your old password will ask for the new one.
done-close = You can close this page.
start-again = Start again
try-again = Try again
check-again = Check what happened
session-until = Please finish by { $until }.
session-ends = For your safety, this page starts over at { $until }.
session-extend = I need more time

## When something did not work

support-code = Support code { $code }
offline = This device is offline.
    .do = Nothing was changed. Check the connection and try again.
unconfirmed = We could not confirm whether your new password was set.
    .do = Choose “Check what happened”. If that does not help, try to sign in with the new password first.
not-from-agent = The answer did not come from { $tenant }’s own network, so this page does not believe it.
    .do = Try again. If it happens again, please tell the helpdesk.
unchanged = Nothing was changed. You can choose a password again.
