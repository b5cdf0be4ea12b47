# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.
# The text message has only characters of the GSM alphabet, so no Polish letters and no U+00A0: with
# any other character it holds only 70 characters.

phone-sms = Wiadomość SMS
phone-sms-code = { $code } to kod weryfikacyjny organizacji { $tenant }. Nie podawaj go nikomu.
phone-call = Połączenie telefoniczne
phone-call-code = Twój kod w organizacji { $tenant } to { $digits }. Powtarzam: { $digits }. Nie podawaj go nikomu.
