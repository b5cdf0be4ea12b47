# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.
# A text message with Lithuanian letters holds only 70 characters.

phone-sms = SMS žinutė
phone-sms-code = { $code } – Jūsų „{ $tenant }“ kodas. Niekam jo neatskleiskite.
phone-call = Telefono skambutis
phone-call-code = Jūsų kodas organizacijoje „{ $tenant }“: { $digits }. Kartoju: { $digits }. Niekam jo neatskleiskite.
