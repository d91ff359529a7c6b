// The paths of an answer, drawn: the subject first, each step one column on (one row down where it is narrow).

import { word } from "./client.js";

const INK = "#1c2530", PAPER = "#fffdf8", SEAL = "#9c2f27", LINE = "#5c6672", QUIET = "#8a8f96", BLUE = "#1f4e66";
const SHAPES = { Enterprise: "round-rectangle", Person: "ellipse", Authority: "cut-rectangle" };
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const LABEL = { across: 124, down: 74 }; // room for an edge's label between two columns (rows, where it is narrow)
const BESIDE = { across: 104, down: 190 };

const STYLE = [
  { selector: "node", style: {
    label: "data(label)", shape: "data(shape)", width: "data(width)", height: "data(height)", "background-color": PAPER, "border-width": 1.4, "border-color": LINE,
    color: INK, "font-family": FONT, "font-size": 13, "text-wrap": "wrap", "text-max-width": "150px", "text-overflow-wrap": "anywhere", "text-valign": "center", "text-halign": "center", "line-height": 1.3 } },
  { selector: "node.hub", style: { "border-style": "dotted", "border-width": 3, "border-color": QUIET } },
  { selector: "node.listed", style: { "border-style": "double", "border-width": 5, "border-color": SEAL, color: SEAL, "font-weight": "bold" } },
  { selector: "node.subject", style: { "background-color": INK, color: PAPER, "border-color": INK, "font-weight": "bold" } },
  { selector: "node.subject.listed", style: { "border-color": SEAL, color: PAPER } },
  { selector: "edge", style: {
    label: "data(label)", width: 1.6, "line-color": LINE, "target-arrow-color": LINE, "target-arrow-shape": "triangle", "arrow-scale": 1.1, "curve-style": "bezier", "control-point-step-size": 64,
    color: INK, "font-family": FONT, "font-size": 11.5, "text-wrap": "wrap", "text-background-color": "#f6f3ec", "text-background-opacity": 1, "text-background-padding": "3px", "line-height": 1.25 } },
  { selector: "edge.same", style: { "line-style": "dashed", "target-arrow-shape": "none", "line-color": BLUE, color: BLUE } },
  { selector: "edge.unsure", style: { "line-style": "dotted", "line-color": QUIET, "target-arrow-color": QUIET, color: "#59606a" } },
  { selector: "edge:selected, edge.open", style: { width: 3.4, "line-color": BLUE, "target-arrow-color": BLUE } },
  { selector: "node:selected", style: { "overlay-color": BLUE, "overlay-opacity": 0.1, "overlay-padding": 5 } },
];

export const stepKey = (step) => [...[step.from, step.to].sort(), step.relation, step.claims.join(" ")].join("|");

// The drawing as plain elements: nodes with a column each, one edge for each distinct step.
export function elements(paths, marks, narrow) {
  const nodes = new Map(), edges = new Map();
  const put = (ref, column) => {
    const known = nodes.get(ref.id);
    if (!known || known.column > column) nodes.set(ref.id, { ref, column });
  };
  for (const path of paths) {
    const refs = new Map(path.nodes.map((node) => [node.id, node]));
    let column = 0;
    put(path.nodes[0], 0);
    for (const step of path.steps) {
      column += 1;
      put(refs.get(step.to) ?? { id: step.to, label: "", caption: step.to }, column);
      edges.set(stepKey(step), step);
    }
  }
  return [...placed(nodes, marks, narrow), ...[...edges].map(([key, step]) => edge(key, step))];
}

function placed(nodes, marks, narrow) {
  const columns = [], way = narrow ? "down" : "across";
  for (const { ref, column } of nodes.values()) (columns[column] ??= []).push({ data: node(ref, marks), classes: classes(ref, marks) });
  let on = 0;
  return columns.filter(Boolean).flatMap((beside) => {
    const depth = Math.max(...beside.map(({ data }) => (narrow ? data.height : data.width)));
    const middle = on + depth / 2;
    on += depth + LABEL[way];
    return beside.map((one, index) => {
      const off = (index - (beside.length - 1) / 2) * BESIDE[way];
      return { group: "nodes", ...one, position: narrow ? { x: off, y: middle } : { x: middle, y: off } };
    });
  });
}

function node(ref, marks) {
  const listed = marks.listed.get(ref.id), hub = marks.hubs.get(ref.id);
  const lines = [ref.caption, listed ? `〔${listed.join("、")}〕` : null, hub ? `枢纽 ${hub} 条关系` : null].filter(Boolean);
  const longest = Math.max(...lines.map((line) => width(line)));
  const rows = lines.reduce((sum, line) => sum + Math.ceil(width(line) / 150), 0);
  const round = ref.label === "Person" ? 1.3 : 1;
  return { id: ref.id, label: lines.join("\n"), shape: SHAPES[ref.label] ?? "round-rectangle", width: (Math.min(longest, 150) + 26) * round, height: (rows * 18 + 20) * round };
}

const width = (text) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 13.5 : 7.5), 0);

function classes(ref, marks) {
  return [ref.id === marks.subject ? "subject" : "", marks.listed.has(ref.id) ? "listed" : "", marks.hubs.has(ref.id) ? "hub" : ""].join(" ");
}

function edge(key, step) {
  const back = step.along === "in";
  const said = [step.term, step.post && step.post !== step.term ? `（${step.post}）` : "", step.percent ? ` ${step.percent}%` : ""].join("");
  const grade = step.grade ? ` ${word("grade", step.grade).zh}` : "";
  return {
    group: "edges", classes: [step.grade ? "same" : "", step.holds !== "yes" ? "unsure" : ""].join(" "),
    data: { id: key, source: back ? step.to : step.from, target: back ? step.from : step.to, label: [said + grade, beside(step), period(step)].filter(Boolean).join("\n") },
  };
}

// What else ties the two on that day: a director who is the legal representative too.
export function beside(step) {
  const names = [...new Set(step.also.map((one) => one.post ?? one.term))];
  return names.length ? `另任 ${names.join("、")}` : "";
}

export function period(step) {
  if (step.valid_from && step.valid_to) return `${step.valid_from} – ${step.valid_to}`;
  if (step.valid_from) return `${step.valid_from} 起`;
  if (step.valid_to) return `至 ${step.valid_to}`;
  return step.as_of ? `截至 ${step.as_of}` : "";
}

// Draw; `opened(kind, id)` is called when a line or a node is chosen.
export function draw(box, parts, opened) {
  const view = window.cytoscape({
    container: box, elements: parts, style: STYLE, layout: { name: "preset", fit: true, padding: 34 },
    minZoom: 0.25, maxZoom: 2.2, boxSelectionEnabled: false, autoungrabify: false,
  });
  if (view.zoom() > 1.15) { view.zoom(1.15); view.center(); }
  view.on("tap", "edge", (event) => opened("step", event.target.id()));
  view.on("tap", "node", (event) => opened("node", event.target.id()));
  return view;
}
