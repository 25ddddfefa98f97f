// The texts of the result codes in both languages that the supplier speaks. Clients never branch on them.

type Text = { es: string; en: string };

const texts: ReadonlyMap<string, Text> = new Map([
  ['-1', { es: 'Producto no disponible en ruta', en: 'Product not available in route' }],
  ['0', { es: 'OK', en: 'OK' }],
  ['10', { es: 'Operación efectuada correctamente', en: 'OK' }],
  ['11', { es: 'Rechazado por el operador', en: 'Rejected by the operator' }],
  ['12', { es: 'Pedido duplicado', en: 'Duplicate order' }],
  ['13', { es: 'Saldo insuficiente', en: 'Insufficient balance' }],
  ['14', { es: 'La cuenta no admite más recargas', en: 'The account accepts no more refills' }],
  ['15', { es: 'Recarga anterior en curso', en: 'An earlier refill is still being applied' }],
  ['16', { es: 'Operador temporalmente no disponible', en: 'Operator temporarily unavailable' }],
  ['17', { es: 'Rechazado por seguridad', en: 'Rejected for security' }],
  ['18', { es: 'Línea desactivada', en: 'Line deactivated' }],
  ['20', { es: 'Devolución efectuada', en: 'OK' }],
  ['516', { es: 'Hash no válido', en: 'Invalid hash' }],
  ['517', { es: 'Parámetros no válidos', en: 'Invalid parameters' }],
  // Seen in English whatever the language of everything else.
  ['900', { es: 'Invalid parameters', en: 'Invalid parameters' }],
  ['911', { es: 'Límite de crédito alcanzado', en: 'Credit limit reached' }],
  ['923', { es: 'Operación no permitida', en: 'Operation not allowed' }],
  ['925', { es: 'Fecha incorrecta', en: 'Incorrect date' }],
  ['931', { es: 'Cuenta no válida', en: 'Invalid account' }],
  ['933', { es: 'Operador no disponible', en: 'Operator not available' }],
  ['934', { es: 'Destino bloqueado', en: 'Destination banned' }],
  ['970', { es: 'Transacción duplicada', en: 'Duplicate transaction' }],
  ['971', { es: 'Bloqueado por el operador', en: 'Banned by operator' }],
  ['990', { es: 'Tiempo de espera agotado', en: 'Timeout' }],
  ['991', { es: 'Error de sistema', en: 'System error' }],
  ['992', { es: 'Error interno del operador', en: 'Internal error of the operator' }],
  ['993', { es: 'Tiempo de espera del operador agotado', en: 'Operator timeout' }],
  ['998', { es: 'Error desconocido', en: 'Unknown error' }],
]);

/** The message of a result code. */
export const messageOf = (code: string, operatorId: number | null, language: keyof Text): string => {
  if (code === '927') {
    const route = String(operatorId ?? 0);
    return language === 'es' ? `Importe incorrecto para la ruta ${route}` : `Incorrect amount for route ${route}`;
  }
  const text = texts.get(code);
  return text ? text[language] : `${language === 'es' ? 'Error' : 'Error code'} ${code}`;
};
