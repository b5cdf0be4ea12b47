# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Reset your password
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Progress
step-identify = User name
step-gates = Verification
step-password = New password
step-methods = Methods
step-passed = completed
identify-title = Reset your password
identify-lead = What you type is sealed in this browser, and only { $tenant }’s own network can open it.
identify-name = User name
identify-name-hint = The name you use to sign in to your computer
identify-submit = Continue
identify-empty = Please type your user name.
working-identify = Looking up your account…
working-resume = Continuing where you were…
working-busy = Just a moment, please…
try-again = Try again
flow-change = Change your password
flow-unlock = Unlock your account
flow-user-name = Find your user name
flow-methods = Set up how you confirm it is you
user-name-mail = Email address
user-name-mail-hint = The address that { $tenant } has on file for you
user-name-empty = Please type your email address.
user-name-submit = Send my user name
support-code = Support code { $code }
offline = This device is offline.
    .do = Nothing was changed. Check the connection and try again.
