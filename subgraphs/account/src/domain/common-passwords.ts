/**
 * Passwords of ten characters and more that head every published list of leaked ones, in lower case; shorter ones
 * are refused for their length.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `0123456789 01234567890 0987654321 1111111111 11111111111 111111111111 1122334455 112233445566 1212121212
   123123123123 1231231234 1234512345 1234554321 123456123456 1234567654321 123456789 1234567890 12345678900
   12345678901 123456789012 1234567890123 12345678910 1234567891 12345678987654321 123456789a 123456789q
   123456789qwe 1234567890a 1234567890q 1234567890qwertyuiop 12345qwert 123qweasdzxc 147258369 1472583690 147852369
   1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qazxsw23edc 2222222222 3333333333 3141592654 4444444444
   5555555555 6666666666 7777777777 7894561230 8888888888 987654321 9876543210 9999999999 a123456789 a1b2c3d4e5
   aa12345678 aaaaaaaaaa abc1234567 abc123456789 abcd123456 abcd1234567 abcdefghij abcdefghijk administrator
   alexander1 asdasdasdasd asdf123456 asdfasdfasdf asdfghjkl1 asdfghjkl123 asdfghjkl; asdfghjklz azertyuiop
   baseball123 basketball basketball1 barcelona1 butterfly1 california charlotte1 changeme123 chocolate1
   christopher computer123 constantine dragon1234 elizabeth1 facebook123 football12 football123 forgetmenot
   g_czechout google1234 gwerty1234 hello12345 helloworld helloworld1 iloveyou12 iloveyou123 iloveyou1234 iloveyou2
   iloveyouforever internet123 jennifer12 justinbieber killer1234 letmein123 letmein1234 liverpool1 liverpoolfc
   lovelovelove manchester manchester1 manchesterunited michael123 minecraft1 minecraft123 monkey1234 mynameis12
   newpassword p@ssw0rd123 p@ssword123 pass123456 passpasspass passw0rd123 passw0rd1234 password00 password01
   password10 password11 password12 password123 password1234 password12345 password123456 password123! password1!
   password1. password2020 password2021 password2022 password2023 password2024 password2025 password2026 password21
   password22 password69 password77 password99 passwordpassword playstation pokemon123 princess12 princess123
   q1w2e3r4t5 q1w2e3r4t5y6 qazwsx1234 qazwsxedc1 qazwsxedc123 qazwsxedcrfv qqqqqqqqqq qwe1234567 qwer123456
   qweasdzxc1 qweasdzxc123 qwerty1234 qwerty12345 qwerty123456 qwerty1234567 qwerty123456789 qwertyqwerty qwertyui123
   qwertyuiop qwertyuiop1 qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdfghjkl rainbow123 samsung123
   secret1234 spiderman1 starwars123 sunshine12 sunshine123 superman12 superman123 test123456 testing123
   trustno123 volleyball welcome123 welcome1234 welcome2024 welcome2025 welcome2026 whatever123 william123
   wordpass123 xxxxxxxxxx zaq12wsxcde3 zaq1xsw2cde3 zxcvbnm123 zxcvbnm1234 zxcvbnmasdfghjkl zzzzzzzzzz`
    .split(/\s+/)
    .filter(({ length }) => length >= 10),
);
