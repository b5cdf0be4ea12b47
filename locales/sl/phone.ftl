# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.
# The text message has no č, š or ž: with one of them it holds only 70 characters.

phone-sms = Sporočilo SMS
phone-sms-code = { $code } je koda za organizacijo { $tenant }. Ne povejte je nikomur.
phone-call = Telefonski klic
phone-call-code = Vaša koda za organizacijo { $tenant } je { $digits }. Ponavljam: { $digits }. Ne povejte je nikomur.
