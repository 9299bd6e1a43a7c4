// The peer of the batch's PDF: Typst in one process, warm. argv: FOLDER N FONTS; makes FOLDER/I.pdf of FOLDER/I.typ and prints CPU seconds of
// all but the first WARM. Its cache is kept as its own command keeps it while it watches files.
const fs = require("fs");
const { NodeCompiler } = require(require("path").resolve("out/typst/node_modules/@myriaddreamin/typst-ts-node-compiler"));

const WARM = 3;
const MAX_AGE = 10;
const [folder, n, fonts] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [fonts] }] });
let before = process.cpuUsage();

for (let i = 0; i < Number(n) + WARM; i++) {
	const which = i % Number(n);
	if (i === WARM) before = process.cpuUsage();
	fs.writeFileSync(`${folder}/${which}.pdf`, compiler.pdf({ mainFileContent: fs.readFileSync(`${folder}/${which}.typ`, "utf-8") }));
	compiler.evictCache(MAX_AGE);
}
const used = process.cpuUsage(before);
console.log(((used.user + used.system) / 1e6).toFixed(3));
