# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.
# No contractions: with a typographic apostrophe a text message holds only 70 characters.

phone-sms = Text message
phone-sms-code = { $code } is your code for { $tenant }. Do not give it to anyone.
phone-call = Phone call
phone-call-code = Your code for { $tenant } is { $digits }. I repeat: { $digits }. Do not give it to anyone.
