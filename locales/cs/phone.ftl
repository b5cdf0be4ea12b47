# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.

phone-sms = SMS zpráva
phone-sms-code = { $code } je váš kód pro organizaci { $tenant }. Nikomu ho nesdělujte.
phone-call = Telefonický hovor
phone-call-code = Váš kód pro organizaci { $tenant } je { $digits }. Opakuji: { $digits }. Nikomu ho nesdělujte.
