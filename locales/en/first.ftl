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
# On a phone, instead of the names of all steps.
steps-now = Step { $current } of { $total } · { $step }
identify-title = Reset your password
identify-lead = What you type is encrypted in this browser. Only { $tenant }’s own network can read it.
identify-name = User name
identify-name-hint = The name you use to sign in to your computer
identify-submit = Continue
identify-empty = Enter your user name.
working-identify = Looking up your account…
working-resume = Picking up where you left off…
working-busy = Just a moment…
working-late = This is taking longer than usual. Please keep this page open.
try-again = Try again
flow-change = Change your password
flow-unlock = Unlock your account
flow-user-name = Find your user name
flow-methods = Manage your security methods
user-name-mail = Email address
user-name-mail-hint = The address { $tenant } has on file for you
user-name-empty = Enter your email address.
user-name-no-address = Enter an email address, such as name@example.com.
user-name-submit = Send my user name
support-code = Support code { $code }
offline = You’re offline.
    .do = Nothing was changed. Check your connection and try again.
