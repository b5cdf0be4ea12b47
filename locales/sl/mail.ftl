# The mails. Plain text; no isolation marks.

mail-code-subject = { $code } is your code for { $tenant }
mail-code-body = { $minutes ->
    [one]
        Your code to reset your password at { $tenant }:

        { $code }

        It is valid for { $minutes } minute and works once.
   *[other]
        Your code to reset your password at { $tenant }:

        { $code }

        It is valid for { $minutes } minutes and works once.
  }
mail-code-not-you = If you did not ask for it, somebody may have typed your user name by mistake. Your password has not changed. Do not give the code to anyone, not even to the helpdesk.
mail-done-subject = Your password at { $tenant } was reset
mail-done-body = The password of your account { $account } at { $tenant } was reset on { $time }.
mail-done-not-you = If this was not you, please tell the helpdesk at once: { $helpdesk }
