//! Names that people and sites in Tanzania have, more or less.

/// The common ones first.
pub const FIRST: &[&str] = &[
    "Juma",
    "Neema",
    "John",
    "Asha",
    "Hamisi",
    "Fatuma",
    "Joseph",
    "Grace",
    "Rashid",
    "Rehema",
    "Emmanuel",
    "Mwajuma",
    "Peter",
    "Zainabu",
    "Salum",
    "Maria",
    "Daniel",
    "Halima",
    "Godfrey",
    "Anna",
    "Abdallah",
    "Rose",
    "Baraka",
    "Joyce",
    "Said",
    "Upendo",
    "Frank",
    "Mariamu",
    "Elias",
    "Saida",
    "Omari",
    "Happiness",
    "Paulo",
    "Subira",
    "Yusuf",
    "Agnes",
    "Ibrahim",
    "Pendo",
    "Michael",
    "Zuhura",
    "Ramadhani",
    "Esther",
    "Kelvin",
    "Tatu",
    "Issa",
    "Furaha",
    "Simon",
    "Amina",
    "Julius",
    "Khadija",
    "Shaban",
    "Witness",
    "Lameck",
    "Batuli",
    "Erick",
    "Tabitha",
    "Mussa",
    "Gloria",
    "Deogratias",
    "Ashura",
];

/// The same.
pub const LAST: &[&str] = &[
    "Mushi", "Hamisi", "Mwakyusa", "Massawe", "Kimaro", "Mrema", "Swai", "Lyimo", "Mollel", "Shirima",
    "Temba", "Ngowi", "Makame", "Mbwana", "Kessy", "Mtei", "Urassa", "Minja", "Chuwa", "Mbise", "Sanga",
    "Mwinyi", "Komba", "Haule", "Ngonyani", "Nyoni", "Mapunda", "Luoga", "Kayombo", "Millinga", "Bakari",
    "Athumani", "Selemani", "Mohamedi", "Kondo", "Mfaume", "Malima", "Magesa", "Masanja", "Mabula",
    "Maganga", "Shija", "Kulwa", "Doto", "Nkya", "Macha", "Materu", "Tarimo", "Mgaya", "Mwalongo", "Kahawa",
    "Ndunguru", "Chacha", "Marwa", "Mwita", "Nyerere", "Wambura", "Magori", "Machage", "Sospeter",
];

/// What sites are about.
pub const SITES: &[&str] = &[
    "duka", "kahawa", "safari", "hoteli", "shule", "kilimo", "usafiri", "afya", "mitindo", "habari", "vifaa",
    "simu", "maua", "samaki", "mkate", "nyumba", "magari", "vitabu", "muziki", "picha", "sheria", "ujenzi",
    "utalii", "urembo",
];

/// Where they are.
pub const PLACES: &[&str] = &[
    "kibo", "dar", "arusha", "moshi", "mwanza", "dodoma", "tanga", "mbeya", "zanzibar", "iringa", "bukoba",
    "kigoma", "songea", "lindi", "tabora", "singida",
];

/// What domains end with.
pub const ENDINGS: &[&str] = &["co.tz", "co.tz", "co.tz", "com", "or.tz", "africa", "ac.tz", "tz"];

/// Where mailboxes are.
pub const MAILS: &[&str] =
    &["gmail.com", "gmail.com", "gmail.com", "yahoo.com", "outlook.com", "hotmail.com"];

/// Networks, their two first digits, and how many of a hundred payments.
pub const NETWORKS: &[(&str, &str, u64)] = &[
    ("M-PESA", "75", 45),
    ("MIXX BY YAS", "71", 25),
    ("AIRTEL-MONEY", "78", 20),
    ("HALOPESA", "62", 8),
    ("T-PESA", "73", 2),
];
