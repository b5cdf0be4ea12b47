# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } is your code for { $tenant }
mail-code-title = Your code
mail-code-lead = Enter this code to reset your password at { $tenant }:
mail-code-lead-unlock = Enter this code to unlock your account at { $tenant }:
mail-code-lead-methods = Enter this code to confirm it’s you at { $tenant }:
mail-code-valid = { $minutes ->
    [one] It’s valid for { $minutes } minute and works once.
   *[other] It’s valid for { $minutes } minutes and works once.
  }
mail-code-keep = Enter it only on the page where you asked for it. Don’t give it to anyone, not even the helpdesk.
mail-code-not-you = If you didn’t ask for this code, somebody may have entered your user name by mistake. Your password hasn’t changed. If it happens again, please tell the helpdesk: { $helpdesk }

mail-done-subject = Your password at { $tenant } was reset
mail-done-title = Your password was reset
mail-done-lead = The password for your account { $account } at { $tenant } was reset.
mail-done-was-you = If this was you, you don’t need to do anything.
mail-done-not-you = If this wasn’t you, tell the helpdesk straight away: { $helpdesk }

mail-changed-subject = Your password at { $tenant } was changed
mail-changed-title = Your password was changed
mail-changed-lead = The password for your account { $account } at { $tenant } was changed using the old password.

mail-unlocked-subject = Your account at { $tenant } was unlocked
mail-unlocked-title = Your account was unlocked
mail-unlocked-lead = Your account { $account } at { $tenant } was unlocked. Its password hasn’t changed.

mail-user-name-subject = Your user name at { $tenant }
mail-user-name-title = Your user name
# One or more user names follow.
mail-user-name-lead = Somebody asked for the user name that belongs to this email address at { $tenant }:
mail-user-name-not-you = If this wasn’t you, you don’t need to do anything. If in doubt, ask the helpdesk: { $helpdesk }

mail-methods-subject = Your security methods at { $tenant } have changed
# Also in the mail with a code that is sent only after the current password was entered.
mail-methods-not-you = If this wasn’t you, somebody else knows your password. Change it and tell the helpdesk straight away: { $helpdesk }
mail-methods-from = { $tenant } always asks for this method. For your security, the new one can be used only from { $time }. If you need it sooner, ask the helpdesk: { $helpdesk }
mail-authenticator-added-title = An authenticator app was added
mail-authenticator-added-lead = An authenticator app was added to your account { $account } at { $tenant }. Its codes can be used to reset your password.
mail-authenticator-removed-title = Your authenticator app was removed
mail-authenticator-removed-lead = The authenticator app was removed from your account { $account } at { $tenant }. Its codes no longer work.
mail-passkey-added-title = A passkey was added
mail-passkey-added-lead = A passkey was added to your account { $account } at { $tenant }. It can be used to reset your password.
mail-passkey-removed-title = A passkey was removed
mail-passkey-removed-lead = A passkey was removed from your account { $account } at { $tenant }. It no longer works.
mail-recovery-added-title = New recovery codes were created
mail-recovery-added-lead = New recovery codes were created for your account { $account } at { $tenant }. Any older codes no longer work.
mail-recovery-removed-title = Your recovery codes were removed
mail-recovery-removed-lead = The recovery codes for your account { $account } at { $tenant } were removed. They no longer work.

mail-automatic = This message was sent automatically. Replies aren’t read.
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
