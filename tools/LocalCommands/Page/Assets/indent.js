/** Indents JSON and leaves each token as it is: a parser would change numbers. Other text stays as it is. */
export function indented(json) {
  const tokens = json.match(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g);
  if (!tokens || !/^[{[]/.test(tokens[0])) return json;
  let [depth, text] = [0, ""];
  tokens.forEach((token, index) => {
    const line = () => "\n" + "  ".repeat(depth);
    const isEmpty = (token === "{" || token === "[") && /^[}\]]$/.test(tokens[index + 1] ?? "");
    if (token === "{" || token === "[") {
      depth++;
      text += isEmpty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth--;
      text += /^[{[]$/.test(tokens[index - 1]) ? token : line() + token;
    } else if (token === ",") {
      text += token + line();
    } else {
      text += token === ":" ? ": " : token;
    }
  });
  return text;
}
