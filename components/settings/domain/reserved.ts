/** Whether a domain is one that nobody can own (RFC 2606, RFC 6761), as those of the samples: AWS makes no zone of it that works. */
export function isReserved(domain: string): boolean {
  return /(^|\.)(example\.(com|net|org)|test|example|invalid|localhost)$/.test(domain);
}
