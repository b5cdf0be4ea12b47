# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.

phone-sms = Sporočilo SMS
phone-sms-code = { $code } je vaša koda za organizacijo { $tenant }. Ne povejte je nikomur.
phone-call = Telefonski klic
phone-call-code = Vaša koda za organizacijo { $tenant } je { $digits }. Še enkrat: { $digits }. Ne povejte je nikomur.
