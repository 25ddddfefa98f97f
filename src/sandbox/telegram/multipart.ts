// Reads multipart/form-data, the form in which bots upload photos and documents.

export type Part = { name: string; fileName: string | undefined; mimeType: string; bytes: Uint8Array };

const crlf = '\r\n';

const headerField = (headers: string, pattern: RegExp): string | undefined => {
  const raw = pattern.exec(headers)?.[1];
  return raw?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
};

const readPart = (part: Buffer): Part | undefined => {
  const end = part.indexOf(crlf + crlf);
  if (end === -1) return undefined;
  const headers = part.subarray(0, end).toString();
  const name = headerField(headers, /^content-disposition:.*[;\s]name="?([^";\r\n]*)"?/im);
  if (name === undefined) return undefined;
  return {
    name,
    fileName: headerField(headers, /^content-disposition:.*filename="?([^"\r\n]*?)"?\s*$/im),
    mimeType: headerField(headers, /^content-type:\s*([^;\s]+)/im) ?? 'application/octet-stream',
    bytes: new Uint8Array(part.subarray(end + 2 * crlf.length)),
  };
};

/** Splits the body by the boundary that the content type names; undefined when it does not hold together. */
export const readMultipart = (contentType: string, body: Buffer): Part[] | undefined => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const delimiter = `${crlf}--${boundary}`;
  // The first delimiter may stand at the very beginning, without a line before it.
  const framed = Buffer.concat([Buffer.from(crlf), body]);
  const parts: Part[] = [];
  let start = framed.indexOf(delimiter);
  while (start !== -1) {
    const content = start + delimiter.length;
    if (framed.subarray(content, content + 2).toString() === '--') return parts;
    const end = framed.indexOf(delimiter, content);
    const part = end === -1 ? undefined : readPart(framed.subarray(content + crlf.length, end));
    if (part === undefined) return undefined;
    parts.push(part);
    start = end;
  }
  return undefined;
};
