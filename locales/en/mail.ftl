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
mail-changed-subject = Your password at { $tenant } was changed
mail-changed-body = The password of your account { $account } at { $tenant } was changed on { $time }, with the password it had before.
mail-unlocked-subject = Your account at { $tenant } was unlocked
mail-unlocked-body = Your account { $account } at { $tenant } was unlocked on { $time }. Its password has not changed.
mail-user-name-subject = Your user name at { $tenant }
mail-user-name-body =
    Somebody asked for the user name that belongs to this address at { $tenant }. It is:

    { $names }
mail-user-name-not-you = If this was not you, nothing needs to be done. In doubt, ask the helpdesk: { $helpdesk }
mail-methods-subject = How you confirm it is you at { $tenant } was changed
mail-authenticator-added-body = An authenticator app was added to your account { $account } at { $tenant } on { $time }. Its codes can be used to reset your password.
mail-authenticator-removed-body = The authenticator app was removed from your account { $account } at { $tenant } on { $time }. Its codes no longer work.
mail-passkey-added-body = A passkey was added to your account { $account } at { $tenant } on { $time }. It can be used to reset your password.
mail-passkey-removed-body = A passkey was removed from your account { $account } at { $tenant } on { $time }. It no longer works.
mail-recovery-added-body = New recovery codes were made for your account { $account } at { $tenant } on { $time }. Codes from before no longer work.
mail-recovery-removed-body = The recovery codes of your account { $account } at { $tenant } were removed on { $time }. They no longer work.
mail-methods-not-you = If this was not you, somebody knows your password. Change it and tell the helpdesk at once: { $helpdesk }
