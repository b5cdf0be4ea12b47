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
identify-lead = What you type is encrypted in this browser. Only { $tenant }’s own network can read it.
identify-name = User name
identify-name-hint = The name you use to sign in to your computer
identify-submit = Continue
identify-empty = Enter your user name.
working-identify = Looking up your account…
working-resume = Picking up where you left off…
working-busy = Just a moment…
try-again = Try again
flow-change = Change your password
flow-unlock = Unlock your account
flow-user-name = Find your user name
flow-methods = Manage your security methods
user-name-mail = Email address
user-name-mail-hint = The address { $tenant } has on file for you
user-name-empty = Enter your email address.
user-name-submit = Send my user name
support-code = Support code { $code }
offline = You’re offline.
    .do = Nothing was changed. Check your connection and try again.
