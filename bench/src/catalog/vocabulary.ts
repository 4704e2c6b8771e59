/** Words of one language from which titles and descriptions are made. */
export interface Vocabulary {
  language: string;
  /** Things that are sold. */
  goods: readonly string[];
  qualities: readonly string[];
  materials: readonly string[];
  /** Kinds of tours. */
  walks: readonly string[];
  /** Kinds of events. */
  shows: readonly string[];
  /** Purposes of apps. */
  tools: readonly string[];
  /** Words of descriptions. */
  fillers: readonly string[];
  /** Between the subject of a tour or event and its city. */
  at: string;
}

const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** Phrases are separated by commas. */
const phrases = (text: string): readonly string[] => text.split(',').map((phrase) => phrase.trim());

/** The three languages of the generated listings. */
export const vocabularies: readonly Vocabulary[] = [
  {
    language: 'en',
    goods:
      phrases(`vacuum cleaner, boots, backpack, kettle, desk lamp, bookshelf, office chair, headphones, keyboard,
      mouse, monitor, coffee grinder, frying pan, saucepan, knife set, cutting board, blanket, pillow, duvet, curtain, rug,
      mirror, wall clock, alarm clock, vase, candle, picture frame, sofa, armchair, dining table, bed frame, mattress,
      wardrobe, chest of drawers, garden hose, lawn mower, watering can, flower pot, bird feeder, tent, sleeping bag,
      camping stove, water bottle, lunch box, umbrella, raincoat, jacket, sweater, shirt, trousers, skirt, dress, socks,
      scarf, gloves, hat, belt, wallet, handbag, suitcase, bicycle, helmet, bicycle pump, scooter, skateboard, football,
      tennis racket, yoga mat, dumbbells, skipping rope, guitar, ukulele, violin, drum kit, microphone, loudspeaker,
      camera, tripod, binoculars, telescope, torch, power bank, charger, cable, hard drive, memory card, printer, scanner,
      paper, notebook, fountain pen, pencil case, paint brush, watercolours, puzzle, board game, playing cards, doll,
      toy train, building blocks, teddy bear, pushchair, high chair, cot, dog lead, cat tree, aquarium, hair dryer,
      electric razor, toothbrush, soap, shampoo, perfume, towel, bath mat, shower curtain, iron, ironing board,
      sewing machine, toaster, blender, rice cooker, food processor, waffle maker, thermometer, kitchen scale, tea pot,
      mug, wine glass, plate, bowl, cutlery, tablecloth, apron, oven glove, drill, hammer, screwdriver, saw, ladder,
      tool box, paint roller, work gloves`),
    qualities:
      words(`handmade vintage modern classic compact foldable cordless wireless portable waterproof lightweight
      heavy durable soft warm elegant rustic minimalist colourful striped small large extra slim silent fast smart
      organic recycled professional premium simple reversible adjustable breathable insulated magnetic stackable`),
    materials:
      words(`leather cotton wool linen silk oak walnut pine bamboo steel aluminium copper brass ceramic glass
      porcelain marble rubber cork canvas denim velvet felt titanium carbon plastic paper stone`),
    walks:
      phrases(`old town walking tour, street food tour, wine tasting, sunset kayak tour, bicycle tour, harbour cruise,
      castle visit, museum tour, photography walk, cooking class, mountain hike, night walk, ghost tour, market tour,
      architecture walk, cave tour, whale watching, surfing lesson, sailing trip, vineyard visit, brewery tour, birdwatching`),
    shows:
      phrases(`jazz night, string quartet, rock concert, poetry reading, comedy evening, ballet, opera gala,
      film festival, chamber music, open air cinema, football match, theatre premiere, musical, circus show, dance battle,
      choir concert, science lecture, book fair, magic show, piano recital`),
    tools:
      phrases(`recipe manager, habit tracker, photo editor, budget planner, language trainer, sleep tracker,
      trail maps, podcast player, password manager, task list, invoice maker, weather radar, star map, plant guide,
      running coach, chord finder, reading list, calendar, translator, drawing board`),
    fillers:
      words(`this every made careful hands family small workshop years quality season gift home travel weekend
      friends enjoy comfortable guide local history story evening morning light water stone garden river city children
      adults group weather ticket seat entrance minutes hours included transport breakfast picture sound screen battery
      settings export share private team support update design colour shape size weight care wash dry store ship`),
    at: 'in',
  },
  {
    language: 'de',
    goods:
      phrases(`Staubsauger, Stiefel, Rucksack, Wasserkocher, Schreibtischlampe, Bücherregal, Bürostuhl, Kopfhörer,
      Tastatur, Maus, Bildschirm, Kaffeemühle, Bratpfanne, Kochtopf, Messerset, Schneidebrett, Wolldecke, Kissen, Bettdecke,
      Vorhang, Teppich, Spiegel, Wanduhr, Wecker, Vase, Kerze, Bilderrahmen, Sofa, Sessel, Esstisch, Bettgestell, Matratze,
      Kleiderschrank, Kommode, Gartenschlauch, Rasenmäher, Gießkanne, Blumentopf, Vogelhaus, Zelt, Schlafsack, Gaskocher,
      Trinkflasche, Brotdose, Regenschirm, Regenmantel, Jacke, Pullover, Hemd, Hose, Rock, Kleid, Socken, Schal, Handschuhe,
      Mütze, Gürtel, Geldbörse, Handtasche, Koffer, Fahrrad, Fahrradhelm, Luftpumpe, Roller, Fußball, Tennisschläger,
      Yogamatte, Hanteln, Springseil, Gitarre, Geige, Schlagzeug, Mikrofon, Lautsprecher, Kamera, Stativ, Fernglas,
      Taschenlampe, Ladegerät, Kabel, Festplatte, Speicherkarte, Drucker, Notizbuch, Füller, Federmappe, Pinsel, Puzzle,
      Brettspiel, Spielkarten, Puppe, Holzeisenbahn, Bauklötze, Teddybär, Kinderwagen, Hochstuhl, Hundeleine, Kratzbaum,
      Haartrockner, Rasierer, Zahnbürste, Seife, Parfüm, Handtuch, Badematte, Bügeleisen, Nähmaschine, Toaster, Mixer,
      Reiskocher, Waffeleisen, Thermometer, Küchenwaage, Teekanne, Becher, Weinglas, Teller, Schüssel, Besteck, Tischdecke,
      Schürze, Bohrmaschine, Hammer, Schraubendreher, Säge, Leiter, Werkzeugkasten`),
    qualities:
      words(`handgemachter alter moderner klassischer kompakter faltbarer kabelloser tragbarer wasserdichter
      leichter schwerer haltbarer weicher warmer eleganter rustikaler schlichter bunter gestreifter kleiner großer leiser
      schneller nachhaltiger professioneller einfacher verstellbarer atmungsaktiver magnetischer stapelbarer günstiger`),
    materials:
      words(`Leder Baumwolle Wolle Leinen Seide Eiche Nussbaum Kiefer Bambus Stahl Aluminium Kupfer Messing Keramik
      Glas Porzellan Marmor Gummi Kork Samt Filz Titan Kunststoff Papier Stein`),
    walks:
      phrases(`Altstadtführung, Weinprobe, Radtour, Hafenrundfahrt, Schlossbesichtigung, Museumsführung, Fotospaziergang,
      Kochkurs, Bergwanderung, Nachtwächterführung, Marktbesuch, Höhlentour, Segeltörn, Brauereiführung, Kräuterwanderung,
      Kanufahrt, Stadtrundfahrt, Gruselführung`),
    shows:
      phrases(`Jazzabend, Streichquartett, Rockkonzert, Lesung, Kabarett, Ballett, Operngala, Filmfest, Kammermusik,
      Freiluftkino, Fußballspiel, Premiere, Musical, Zirkus, Chorkonzert, Vortrag, Buchmesse, Zaubershow, Klavierabend`),
    tools:
      phrases(`Rezeptverwaltung, Haushaltsbuch, Bildbearbeitung, Vokabeltrainer, Wanderkarten, Kennwortspeicher,
      Aufgabenliste, Rechnungsprogramm, Wetterradar, Sternkarte, Pflanzenführer, Lauftrainer, Leseliste, Kalender`),
    fillers:
      words(`dieser jeder gemacht sorgfältig Hände Familie kleine Werkstatt Jahre Qualität Saison Geschenk Zuhause
      Reise Wochenende Freunde genießen bequem Führung Geschichte Abend Morgen Licht Wasser Garten Fluss Stadt Kinder
      Erwachsene Gruppe Wetter Eintritt Minuten Stunden inbegriffen Frühstück Bild Klang Akku Einstellungen teilen privat
      Mannschaft Gestaltung Farbe Form Größe Gewicht Pflege waschen trocknen lagern versenden`),
    at: 'in',
  },
  {
    language: 'es',
    goods:
      phrases(`aspiradora, botas, mochila, hervidor, lámpara de escritorio, estantería, silla de oficina, auriculares,
      teclado, ratón, monitor, molinillo de café, sartén, cazuela, juego de cuchillos, tabla de cortar, manta, almohada,
      edredón, cortina, alfombra, espejo, reloj de pared, despertador, jarrón, vela, marco de fotos, sofá, sillón,
      mesa de comedor, somier, colchón, armario, cómoda, manguera, cortacésped, regadera, maceta, tienda de campaña,
      saco de dormir, hornillo, botella de agua, fiambrera, paraguas, impermeable, chaqueta, jersey, camisa, pantalones,
      falda, vestido, calcetines, bufanda, guantes, gorro, cinturón, cartera, bolso, maleta, bicicleta, casco, patinete,
      balón de fútbol, raqueta de tenis, esterilla de yoga, mancuernas, guitarra, violín, batería, micrófono, altavoz,
      cámara, trípode, prismáticos, linterna, cargador, cable, disco duro, tarjeta de memoria, impresora, cuaderno,
      pluma estilográfica, estuche, pincel, acuarelas, rompecabezas, juego de mesa, baraja, muñeca, tren de juguete,
      oso de peluche, cochecito, trona, correa, rascador, secador de pelo, afeitadora, cepillo de dientes, jabón, champú,
      perfume, toalla, plancha, máquina de coser, tostadora, batidora, arrocera, gofrera, termómetro, báscula de cocina,
      tetera, taza, copa de vino, plato, cuenco, cubertería, mantel, delantal, taladro, martillo, destornillador, sierra,
      escalera, caja de herramientas`),
    qualities:
      words(`artesanal antiguo moderno clásico compacto plegable inalámbrico portátil impermeable ligero pesado
      duradero suave cálido elegante rústico minimalista colorido rayado pequeño grande silencioso rápido inteligente
      ecológico reciclado profesional sencillo reversible ajustable transpirable aislante magnético apilable barato`),
    materials:
      words(`cuero algodón lana lino seda roble nogal pino bambú acero aluminio cobre latón cerámica vidrio
      porcelana mármol caucho corcho lona terciopelo fieltro titanio carbono plástico papel piedra`),
    walks:
      phrases(`visita guiada al casco antiguo, ruta de tapas, cata de vinos, paseo en kayak, ruta en bicicleta,
      crucero por el puerto, visita al castillo, visita al museo, paseo fotográfico, clase de cocina, senderismo,
      paseo nocturno, ruta de fantasmas, visita al mercado, excursión a las cuevas, avistamiento de ballenas, clase de surf,
      salida en velero, visita a la bodega`),
    shows:
      phrases(`noche de jazz, cuarteto de cuerda, concierto de rock, recital de poesía, noche de humor, ballet,
      gala de ópera, festival de cine, música de cámara, cine de verano, partido de fútbol, estreno de teatro, musical,
      circo, flamenco, concierto de coro, conferencia, feria del libro, espectáculo de magia, recital de piano`),
    tools:
      phrases(`gestor de recetas, editor de fotos, presupuesto familiar, curso de idiomas, mapas de senderos,
      reproductor de podcasts, gestor de contraseñas, lista de tareas, facturas, radar meteorológico, mapa de estrellas,
      guía de plantas, entrenador personal, lista de lecturas, calendario, traductor`),
    fillers:
      words(`este cada hecho cuidado manos familia pequeño taller años calidad temporada regalo hogar viaje amigos
      disfrutar cómodo guía local historia noche mañana luz agua jardín río ciudad niños adultos grupo tiempo entrada
      minutos horas incluido transporte desayuno imagen sonido pantalla ajustes compartir privado equipo diseño color forma
      tamaño peso lavar secar guardar enviar`),
    at: 'en',
  },
];

/** Cities of tours and events, the larger ones more often. */
export const cities =
  phrases(`London, Berlin, Madrid, Paris, Rome, Lisbon, Vienna, Hamburg, Barcelona, München, Porto, Sevilla,
  Köln, Valencia, Prague, Dublin, Edinburgh, Zürich, Amsterdam, Brussels, Copenhagen, Stockholm, Oslo, Helsinki, Budapest,
  Kraków, Málaga, Granada, Bilbao, Salamanca, Dresden, Leipzig, Stuttgart, Bremen, Nürnberg, Graz, Salzburg, Innsbruck, Basel,
  Bern, Genève, Lyon, Marseille, Nice, Bordeaux, Naples, Florence, Venice, Milan, Turin, Bologna, Palermo, Athens, Coimbra,
  Braga, Faro, Bristol, Glasgow, Liverpool, Manchester, York, Bath, Oxford, Cambridge, Brighton, Galway, Cork, Ghent, Bruges,
  Antwerp, Rotterdam, Utrecht, Delft, Aarhus, Göteborg, Malmö, Bergen, Turku, Tallinn, Riga`);

export const syllables =
  words(`ba be bo ca ce co da de do fa fe fi ga go ha ho ja jo ka ke ki la le lo lu ma me mi mo na ne no
  pa pe po ra re ri ro sa se si so ta te ti to va ve vi za ze zo lin mar ton ber sen dor vel nor kas`);
