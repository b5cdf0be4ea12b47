# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } is your code for { $tenant }
mail-code-title = Your code
mail-code-lead = Type this code to reset your password at { $tenant }:
mail-code-lead-unlock = Type this code to unlock your account at { $tenant }:
mail-code-lead-methods = Type this code to confirm it is you at { $tenant }:
mail-code-valid = { $minutes ->
    [one] It is valid for { $minutes } minute and works once.
   *[other] It is valid for { $minutes } minutes and works once.
  }
mail-code-keep = Type it only on the page where you asked for it. Do not give it to anyone, not even to the helpdesk.
mail-code-not-you = If you did not ask for it, somebody may have typed your user name by mistake. Your password has not changed. If it happens again, please tell the helpdesk: { $helpdesk }

mail-done-subject = Your password at { $tenant } was reset
mail-done-title = Your password was reset
mail-done-lead = The password of your account { $account } at { $tenant } was reset.
mail-done-was-you = If this was you, there is nothing more to do.
mail-done-not-you = If this was not you, please tell the helpdesk at once: { $helpdesk }

mail-changed-subject = Your password at { $tenant } was changed
mail-changed-title = Your password was changed
mail-changed-lead = The password of your account { $account } at { $tenant } was changed using the old password.

mail-unlocked-subject = Your account at { $tenant } was unlocked
mail-unlocked-title = Your account was unlocked
mail-unlocked-lead = Your account { $account } at { $tenant } was unlocked. Its password has not changed.

mail-user-name-subject = Your user name at { $tenant }
mail-user-name-title = Your user name
mail-user-name-lead = Somebody asked for the user name that belongs to this address at { $tenant }. It is:
mail-user-name-not-you = If this was not you, nothing needs to be done. In doubt, ask the helpdesk: { $helpdesk }

mail-methods-subject = How you confirm it is you at { $tenant } was changed
mail-methods-not-you = If this was not you, somebody knows your password. Change it and tell the helpdesk at once: { $helpdesk }
mail-methods-from = { $tenant } always asks for this method. For your safety, what is new can be used only from { $time }. If you need it sooner, please ask the helpdesk: { $helpdesk }
mail-authenticator-added-title = An authenticator app was added
mail-authenticator-added-lead = An authenticator app was added to your account { $account } at { $tenant }. Its codes can be used to reset your password.
mail-authenticator-removed-title = Your authenticator app was removed
mail-authenticator-removed-lead = The authenticator app was removed from your account { $account } at { $tenant }. Its codes no longer work.
mail-passkey-added-title = A passkey was added
mail-passkey-added-lead = A passkey was added to your account { $account } at { $tenant }. It can be used to reset your password.
mail-passkey-removed-title = A passkey was removed
mail-passkey-removed-lead = A passkey was removed from your account { $account } at { $tenant }. It no longer works.
mail-recovery-added-title = New recovery codes were made
mail-recovery-added-lead = New recovery codes were made for your account { $account } at { $tenant }. Codes from before no longer work.
mail-recovery-removed-title = Your recovery codes were removed
mail-recovery-removed-lead = The recovery codes of your account { $account } at { $tenant } were removed. They no longer work.

mail-automatic = This message was sent automatically. Replies to it are not read.
mail-when = When
mail-device = Device
mail-device-phone = phone
mail-device-tablet = tablet
mail-device-computer = computer
mail-moment = { $day } { $month } { $year }, { $time } ({ $zone })

# The month as it stands in mail-moment.
mail-month-1 = January
mail-month-2 = February
mail-month-3 = March
mail-month-4 = April
mail-month-5 = May
mail-month-6 = June
mail-month-7 = July
mail-month-8 = August
mail-month-9 = September
mail-month-10 = October
mail-month-11 = November
mail-month-12 = December
