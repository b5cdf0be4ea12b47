# Every reason: what happened and, in its attribute, what to do. These texts travel to the browser.
# Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = There is no account with this user name.
    .do = Check the spelling and try again.
reason-account-ambiguous = This user name belongs to more than one account.
    .do = Type it together with your organisation’s domain, for example anna@contoso.example.
reason-account-disabled = This account is disabled.
    .do = Only the helpdesk can enable it.
reason-account-expired = This account has expired.
    .do = Ask the helpdesk to extend it.
reason-account-protected = This account is specially protected and cannot be changed here.
    .do = Ask an administrator.
reason-too-few-gates = There are not enough ways on file to confirm that it is you.
    .do = Ask the helpdesk to add an email address, a phone number or an authenticator app to your account. A method that you added in the last 24 hours may not work yet.
reason-wrong-code = { $tries ->
    [one] This is not the right code. You have { $tries } more try.
   *[other] This is not the right code. You have { $tries } more tries.
  }
    .do = Check the code and type it again.
reason-code-expired = This code is no longer valid.
    .do = Ask for a new code and use it within a few minutes.
reason-code-used = This code has already been used.
    .do = Type one that you have not used yet: the next code, or another one of yours.
reason-locked = There were too many wrong codes for this account.
    .do = Other ways to confirm that it is you still work. If you have none, try again on { $until }, or ask the helpdesk.
reason-too-many-codes = So many codes have been sent that no more can be sent for now.
    .do = The last one still works while it is valid. A new one can be sent on { $until }. Until then use another way, if you have one, or ask the helpdesk.
reason-sent-too-recently = A new code cannot be sent just yet.
    .do = The code that was sent last works while it is valid. You can ask for a new one at { $until }.
reason-code-not-sent = No code can be sent this way right now.
    .do = Try again in a few minutes, or use another way if you have one. If it is urgent, ask the helpdesk.
reason-flow-expired = Too much time has passed, or your account was changed in the meantime, so this page has started over.
    .do = This page has changed nothing. Please start again.
reason-message-expired = Your request arrived too late and was not carried out.
    .do = Nothing was changed. Please try again.
reason-version-mismatch = This page is out of date.
    .do = Nothing was changed. Reload the page and try again.
reason-in-doubt = We could not confirm whether your new password was set.
    .do = Try to sign in with the new password first. If it is not accepted, start again.
reason-too-short = { $minimum ->
    [one] The password needs at least { $minimum } character; this one has { $length }.
   *[other] The password needs at least { $minimum } characters; this one has { $length }.
  }
    .do = Add a word or two.
reason-too-long = { $maximum ->
    [one] The password may have at most { $maximum } character; this one has { $length }.
   *[other] The password may have at most { $maximum } characters; this one has { $length }.
  }
    .do = Choose a shorter one.
reason-too-few-classes = { $needed ->
    [one] The password needs { $needed } kind of character; this one has { $found }.
   *[other] The password needs { $needed } kinds of characters; this one has { $found }.
  }
    .do = Mix capital letters, small letters, digits and symbols.
reason-contains-account-name = The password contains your user name.
    .do = Leave your user name out.
reason-contains-display-name = The password contains a part of your name.
    .do = Leave your first and last name out.
reason-forbidden-character = The password contains a character that cannot be used in passwords.
    .do = Type it with your keyboard instead of pasting it.
reason-used-before = { $remembered ->
    [0] You have used this password before.
    [one] This was your last password.
   *[other] This password is one of your last { $remembered }.
  }
    .do = Choose one that you have not used before.
reason-too-young = Your password was changed too recently.
    .do = You can change it again on { $until }. If it is urgent, ask the helpdesk.
reason-filter = Your organisation’s password filter did not accept this password.
    .do = Choose one that is harder to guess, without common words.
reason-history-or-filter = The directory did not accept this password: it was used before, or it is too easy to guess.
    .do = Choose one that you have not used before, without common words.
reason-banned-word-common = The password is made of words or patterns that many people use.
    .do = Choose a few words that have nothing to do with each other.
reason-banned-word-organisation = The password is made of words that your organisation does not allow.
    .do = Leave these words out, or add a few that have nothing to do with your organisation.
reason-banned-word-name = The password contains your name or the name of your organisation.
    .do = Leave names out, also those that are written with digits or symbols.
reason-known-from-breaches = This password is known from data breaches, so attackers try it.
    .do = Choose one that you have not used anywhere. Change this one wherever else you use it.
reason-directory-unreachable = The directory cannot be reached right now.
    .do = Nothing was changed. Please try again in a few minutes.
reason-agent-lacks-right = This service has no permission to reset your password.
    .do = Nothing was changed. Please tell the helpdesk, with the support code below.
reason-policy-unreadable = The password rules for your account could not be read.
    .do = Nothing was changed. Please tell the helpdesk, with the support code below.
reason-clock-wrong = A clock in your organisation’s network is wrong, so nothing can be changed safely.
    .do = Please tell the helpdesk, with the support code below.
reason-store-unavailable = The service cannot remember your progress right now.
    .do = Nothing was changed. Please try again in a few minutes.
reason-internal = Something went wrong on our side.
    .do = Please try again. If it happens again, give the helpdesk the support code below.
reason-wrong-password = { $tries ->
    [one] This is not your current password. You have { $tries } more try.
   *[other] This is not your current password. You have { $tries } more tries.
  }
    .do = Type it again. If you have forgotten it, reset it instead.
reason-not-locked = Your account is not locked.
    .do = If you cannot sign in, you need a new password. Otherwise just close this page.
reason-not-offered = { $tenant } does not offer this here.
    .do = Ask the helpdesk.
reason-account-locked = This account is locked.
    .do = Unlock it, or reset the password: both are offered on this page.
reason-method-present = Your account has a method of this kind already.
    .do = To replace it, remove the old one first.
reason-must-change-first = Your password has to be changed before you can go on here.
    .do = Choose “Change your password” on this page, then come back.
reason-method-not-added = The authenticator app was not added: its codes were wrong too often.
    .do = Add it again, and check that the clock of your device is right.
reason-password-elsewhere = This account’s password is not managed here.
    .do = Please reset it at { $place }.
reason-password-not-tried = Your current password was not checked: a few more wrong tries would lock your account.
    .do = Reset it instead (you do not need the current one for that), or ask the helpdesk.
reason-too-many-from-network = Too many attempts have come from your network.
    .do = Try again on { $until }, or from another network, such as your phone’s. If it is urgent, ask the helpdesk.

problem-tenant-unknown = This address does not belong to any organisation here.
    .do = Check the address, or follow the link that your organisation gave you.
problem-service-down = The password service of { $tenant } is not available right now.
    .do = Nothing was changed. Please try again in a few minutes, or ask the helpdesk.
problem-tenant-not-entitled = { $tenant } does not use this service.
    .do = Nothing was changed. Please ask the helpdesk how to reset your password.
problem-no-answer = No answer came in time.
    .do = Please try again.
problem-message-expired = Your request arrived too late and was not carried out.
    .do = Nothing was changed. Please try again.
problem-too-many-requests = There were too many requests from your network.
    .do = Please wait a minute and try again.
problem-not-accepted = The message could not be opened. The service may have been renewed meanwhile.
    .do = Nothing was changed. Reload the page and try again.
problem-malformed = The message could not be understood.
    .do = Nothing was changed. Reload the page and try again.
problem-too-large = The message was too large.
    .do = Nothing was changed. Reload the page and try again.
problem-message-timed-out = Your message took too long to arrive.
    .do = Nothing was changed. Check your connection and try again.
problem-unsupported-media-type = The message was of the wrong type.
    .do = Nothing was changed. Reload the page and try again.
