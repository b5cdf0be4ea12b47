# Text messages and calls. No isolation marks. { $digits } is the code, digit by digit.

phone-sms = Wiadomość SMS
phone-sms-code = { $code } to Twój kod w organizacji { $tenant }. Nie podawaj go nikomu.
phone-call = Połączenie telefoniczne
phone-call-code = Twój kod w organizacji { $tenant } to { $digits }. Jeszcze raz: { $digits }. Nie podawaj go nikomu.
