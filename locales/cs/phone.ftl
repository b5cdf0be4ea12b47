# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.

phone-sms = SMS zpráva
phone-sms-code = { $code } je váš kód pro organizaci { $tenant }. Nikomu ho nesdělujte.
phone-call = Telefonní hovor
phone-call-code = Váš kód pro organizaci { $tenant } je { $digits }. Ještě jednou: { $digits }. Nikomu ho nesdělujte.
