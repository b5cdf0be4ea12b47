# Every reason: what happened and, in its attribute, what to do next. These texts travel to the
# browser. Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = There’s no account with this user name.
    .do = Check the spelling and try again.
reason-account-ambiguous = This user name belongs to more than one account.
    .do = Enter it together with your organisation’s domain, for example anna@contoso.example.
reason-account-disabled = This account is disabled.
    .do = Only the helpdesk can enable it.
reason-account-expired = This account has expired.
    .do = Ask the helpdesk to extend it.
reason-account-protected = This account is specially protected and can’t be changed here.
    .do = Ask an administrator for help.
reason-too-few-gates = Your account doesn’t have enough security methods to confirm it’s you.
    .do = Ask the helpdesk to add an email address, a phone number or an authenticator app to your account. A method you added in the last 24 hours may not work yet.
reason-wrong-code = { $tries ->
    [one] That’s not the right code. You have { $tries } attempt left.
   *[other] That’s not the right code. You have { $tries } attempts left.
  }
    .do = Check the code and enter it again.
reason-code-expired = This code is no longer valid.
    .do = Ask for a new code and use it within a few minutes.
reason-code-used = This code has already been used.
    .do = Enter one you haven’t used yet. If it comes from an app, wait for the next code.
reason-locked = Too many wrong codes have been entered for this account.
    .do = Other methods still work. If you have none, try again on { $until }, or ask the helpdesk.
reason-too-many-codes = Too many codes have been sent.
    .do = The last one still works while it’s valid. You can ask for a new one on { $until }. Until then, use another method if you have one, or ask the helpdesk.
reason-sent-too-recently = We can’t send a new code just yet.
    .do = The last code still works while it’s valid. You can ask for a new one at { $until }.
reason-code-not-sent = We can’t send a code this way right now.
    .do = Try again in a few minutes, or use another method if you have one. If it’s urgent, ask the helpdesk.
reason-flow-expired = This page has gone back to the start, because too much time has passed or your account was changed in the meantime.
    .do = This page didn’t change anything. Please start again.
reason-message-expired = Your request arrived too late and wasn’t carried out.
    .do = Nothing was changed. Please try again.
reason-version-mismatch = This page is out of date.
    .do = Nothing was changed. Reload the page and try again.
reason-in-doubt = We couldn’t confirm whether your new password was set.
    .do = Try signing in with the new password first. If it isn’t accepted, start again.
reason-too-short = { $minimum ->
    [one] The password needs at least { $minimum } character. This one has { $length }.
   *[other] The password needs at least { $minimum } characters. This one has { $length }.
  }
    .do = Add a word or two.
reason-too-long = { $maximum ->
    [one] The password can have at most { $maximum } character. This one has { $length }.
   *[other] The password can have at most { $maximum } characters. This one has { $length }.
  }
    .do = Choose a shorter one.
reason-too-few-classes = { $needed ->
    [one] The password needs { $needed } type of character. This one has { $found }.
   *[other] The password needs { $needed } types of character. This one has { $found }.
  }
    .do = Mix uppercase letters, lowercase letters, numbers and symbols.
reason-contains-account-name = The password contains your user name.
    .do = Choose one without it.
reason-contains-display-name = The password contains part of your name.
    .do = Choose one without your first or last name.
reason-forbidden-character = The password contains a character that can’t be used in passwords.
    .do = Remove it or choose a different password.
reason-used-before = { $remembered ->
    [0] You’ve used this password before.
    [one] This was your last password.
   *[other] This is one of your last { $remembered } passwords.
  }
    .do = Choose one you haven’t used before.
reason-too-young = Your password was changed too recently.
    .do = You can change it again on { $until }. If it’s urgent, ask the helpdesk.
reason-filter = Your organisation’s password filter didn’t accept this password.
    .do = Choose one that’s harder to guess, without common words.
reason-history-or-filter = Your organisation’s account system didn’t accept this password. It was used before, or it’s too easy to guess.
    .do = Choose one you haven’t used before, without common words.
reason-banned-word-common = The password is made up of words or patterns that many people use.
    .do = Choose a few words that have nothing to do with each other.
reason-banned-word-organisation = The password is made up of words your organisation doesn’t allow.
    .do = Leave them out, or add a few words that have nothing to do with your organisation.
reason-banned-word-name = The password contains your name or your organisation’s name.
    .do = Leave names out, even if they’re written with numbers or symbols.
reason-known-from-breaches = This password has appeared in data breaches, so attackers try it.
    .do = Choose one you haven’t used anywhere else. If you use this one elsewhere, change it there too.
reason-directory-unreachable = Your organisation’s account system can’t be reached right now.
    .do = Nothing was changed. Please try again in a few minutes.
reason-agent-lacks-right = This service doesn’t have permission to reset your password.
    .do = Nothing was changed. Please tell the helpdesk, and give them the support code below.
reason-policy-unreadable = The password rules for your account couldn’t be read.
    .do = Nothing was changed. Please tell the helpdesk, and give them the support code below.
reason-clock-wrong = A clock in your organisation’s network is wrong, so nothing can be changed safely.
    .do = Please tell the helpdesk, and give them the support code below.
reason-store-unavailable = The service can’t save your progress right now.
    .do = Nothing was changed. Please try again in a few minutes.
reason-internal = Something went wrong on our side.
    .do = Please try again. If it happens again, give the helpdesk the support code below.
reason-wrong-password = { $tries ->
    [one] That’s not your current password. You have { $tries } attempt left.
   *[other] That’s not your current password. You have { $tries } attempts left.
  }
    .do = Enter it again. If you’ve forgotten it, reset it instead.
reason-not-locked = Your account isn’t locked.
    .do = If you can’t sign in, you need a new password. Otherwise, you can close this page.
reason-not-offered = { $tenant } doesn’t offer this here.
    .do = Ask the helpdesk for help.
reason-account-locked = This account is locked.
    .do = Use this page to unlock it or to reset the password.
reason-method-present = Your account already has a method of this kind.
    .do = To replace it, remove the old one first.
reason-must-change-first = Your password must be changed before you can continue here.
    .do = Choose “Change your password” on this page, then come back.
reason-method-not-added = The authenticator app wasn’t added, because too many wrong codes were entered.
    .do = Add it again, and check that the clock on your device is right.
reason-password-elsewhere = This account’s password isn’t managed here.
    .do = Please reset it at { $place }.
reason-password-not-tried = Your current password wasn’t checked, because a few more wrong attempts would lock your account.
    .do = Reset it instead (you don’t need your current password for that), or ask the helpdesk.
reason-too-many-from-network = There have been too many attempts from your network.
    .do = Try again on { $until } or use another network, such as mobile data. If it’s urgent, ask the helpdesk.

problem-tenant-unknown = This address doesn’t belong to any organisation here.
    .do = Check the address, or use the link your organisation gave you.
problem-service-down = { $tenant }’s password service isn’t available right now.
    .do = Nothing was changed. Please try again in a few minutes, or ask the helpdesk.
problem-tenant-not-entitled = { $tenant } doesn’t use this service.
    .do = Nothing was changed. Please ask the helpdesk how to reset your password.
problem-no-answer = No answer arrived in time.
    .do = Please try again.
problem-message-expired = Your request arrived too late and wasn’t carried out.
    .do = Nothing was changed. Please try again.
problem-too-many-requests = There were too many requests from your network.
    .do = Please wait a minute and try again.
problem-not-accepted = Your request couldn’t be read. The service may have been restarted or updated.
    .do = Nothing was changed. Reload the page and try again.
problem-malformed = Your request couldn’t be understood.
    .do = Nothing was changed. Reload the page and try again.
problem-too-large = Your request was too large.
    .do = Nothing was changed. Reload the page and try again.
problem-message-timed-out = Your request took too long to arrive.
    .do = Nothing was changed. Check your connection and try again.
problem-unsupported-media-type = Your request was of the wrong type.
    .do = Nothing was changed. Reload the page and try again.
