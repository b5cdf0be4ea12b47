# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.

phone-sms = SMS žinutė
phone-sms-code = { $code } – Jūsų kodas organizacijoje „{ $tenant }“. Neatskleiskite jo niekam.
phone-call = Telefono skambutis
phone-call-code = Jūsų kodas organizacijoje „{ $tenant }“: { $digits }. Dar kartą: { $digits }. Neatskleiskite jo niekam.
