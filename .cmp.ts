import { readFileSync } from "node:fs";
import { documentsOf } from "/work/wt/files/policies/sources/documents";
import { parsedContents } from "/work/wt/files/policies/sources/kubernetes-yaml";
import { notPlain, plainContent } from "/work/wt/files/policies/sources/plain-yaml";
import { isDeepStrictEqual } from "node:util";
let docs=0, plain=0, bad=0, mutated=0, mplain=0;
function compare(text: string, what: string) {
  const p = (() => { try { return plainContent(text); } catch (e) { return e; } })();
  if (p === notPlain) return false;
  let o: unknown; try { const all = parsedContents(text); o = all.length === 1 ? all[0] : all; } catch (e) { o = e; }
  if (o instanceof Error ? !(p instanceof Error) : !isDeepStrictEqual(o, p) || JSON.stringify(o)!==JSON.stringify(p)) { bad++; if (bad < 15) console.log("BAD", what, JSON.stringify(text).slice(0, 400), o instanceof Error ? o.message.split("\n")[0] : JSON.stringify(o).slice(0,200), JSON.stringify(p).slice(0,200)); }
  return true;
}
let seed = 7; const rnd = (n: number) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * n); };
const bits = [" ", "  ", ":", ": ", "#", " #", "-", "- ", "\n", "\n  ", "'", "\"", "{", "}", "[", "]", ",", ", ", "|", ">", "&a ", "*a", "!t ", "?", "? ", "\\", "~", "yes", "0x1", "é", "%", "@", "`", "---", "...", "<<: ", "y: ", "\n\n", "\n# c\n", "\u00a0", "=", "null: "];
for (const file of readFileSync("/tmp/files-scratch/yamls.txt","utf8").trim().split("\n")) {
  const text = readFileSync(file, "utf8");
  for (const d of documentsOf(text)) {
    docs++; if (compare(d.text, file)) plain++;
    if (d.text.length > 3000 || process.argv[2] === "0") continue;
    for (let i=0;i<Number(process.argv[2] ?? 3);i++) {
      let t = d.text;
      for (let k=0;k<=rnd(2);k++) { const at = rnd(t.length+1); const del = rnd(3)===0 ? rnd(4) : 0; t = t.slice(0, at) + (rnd(4)===0 ? "" : bits[rnd(bits.length)]) + t.slice(at+del); }
      mutated++; if (documentsOf(t).length === 1 && compare(t, "mutant")) mplain++;
    }
  }
}
console.log({ docs, plain, mutated, mplain, bad });
