// A code as a QR image, for tills and scanners that read screens.

/** A denser image is hard to scan from a phone's screen. */
const MOST_BYTES = 300;

/** A PNG of 8 pixels a module with the quiet zone of 4 modules that scanners need; null for a text that a QR code should not hold. */
export const drawQr = async (text: string): Promise<Uint8Array | null> => {
  if (text.trim() === '' || Buffer.byteLength(text) > MOST_BYTES || !text.isWellFormed()) return null;
  // Loaded with the first code that needs one: a start is quicker without it, and many shops never draw any.
  const { toBuffer } = await import('bwip-js');
  try {
    // The library draws a module as two units, and `scale` is the pixels of a unit. White behind it: a transparent image is lost in a dark chat.
    return await toBuffer({ bcid: 'qrcode', text, scale: 4, padding: 8, backgroundcolor: 'FFFFFF' });
  } catch {
    return null;
  }
};
