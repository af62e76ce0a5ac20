"use strict";
// What the page says, in Chinese and English.

const T = {
  summary: ["概览", "Summary"], roles: ["岗位", "Roles"], charts: ["组织图", "Organisation"], measures: ["指标与要求", "KPIs and requirements"],
  documents: ["文档", "documents"], to_review: ["要看的", "to review"], role_n: ["岗位", "roles"], relations: ["上下级", "relations"], duties: ["职责权限", "duties"],
  kpis: ["指标", "KPIs"], requirements: ["要求", "requirements"], units: ["部门职能", "unit functions"], coverage: ["读懂的文字", "text understood"],
  status: ["读取情况", "Status"], script: ["字形", "Script"], media_type: ["格式", "Format"], layout: ["版式", "Layout"], fields: ["读到的字段（占岗位）", "Fields found (share of roles)"],
  coverage_bars: ["各文档读懂的比例", "Share of text understood, by document"], confidence_bars: ["岗位置信度", "Confidence of roles"], level: ["层级", "Level"], function: ["职能", "Line of work"],
  notes: ["备注", "Notes"], first: ["先看这些", "What needs eyes first"], nothing: ["没有要先看的。", "Nothing needs eyes first."], why: ["原因", "why"], document: ["文档", "document"],
  failed: ["未读", "failed"], partial: ["部分", "partial"], contradiction: ["矛盾", "contradictions"], low_confidence: ["置信度低", "low confidence"],
  unread_value: ["值没读懂", "unread values"], low_coverage: ["读懂太少", "little understood"], not_stated: ["（未写）", "(not stated)"],
  search: ["搜索岗位、公司、部门、条目", "search posts, companies, departments, items"], all_levels: ["全部层级", "all levels"], all_functions: ["全部职能", "all lines of work"],
  all_companies: ["全部公司", "all companies"], any_confidence: ["任何置信度", "any confidence"], doubtful: ["置信度低于 0.5", "confidence under 0.5"], company: ["公司", "company"], department: ["部门", "department"],
  title: ["岗位", "post"], confidence: ["置信度", "confidence"], found: ["个岗位", "roles"], previous: ["上一页", "previous"], next: ["下一页", "next"],
  supervisor: ["直接上级", "superior"], subordinate: ["直接下级", "subordinates"], deputy: ["代理人", "deputy"], duty: ["职责", "duties"], authority: ["权限", "authorities"], routine: ["日常工作", "routine"],
  kpi: ["考核指标", "KPIs"], requirement: ["任职要求", "requirements"], post: ["上下级", "posts"], summary_field: ["概述", "summary"], source: ["原文", "Source text"], unclaimed: ["没有规则认领", "not understood"],
  no_text: ["没有保存原文。用 gangwei extract … --keep-text --resume 再运行一次，这里就显示原文和标出的值。", "The source text was not kept. Run gangwei extract … --keep-text --resume again, and it shows here with its values marked."],
  no_such: ["没有这一项。", "There is no such thing here."], solid: ["实线框：读到说明的岗位。虚线框：只在别处提到的岗位。", "Solid: posts that are described. Dashed: posts that are only named."],
  second: ["虚线：另一个上级。", "Dashed line: a further superior."], no_edges: ["没有读到上下级关系。", "No relations between posts were read."], alone: ["没有写明上下级的岗位", "Posts without a stated relation"],
  of_document: ["（未写公司）", "(no company) "], kpi_names: ["指标名称", "Indicators"], measure: ["指标类型", "What is measured"], period: ["周期", "Period"], category: ["要求类别", "Kind of requirement"],
  degree: ["最低学历", "Lowest degree"], years: ["最低工作年限", "Years of experience, at least"], age: ["最高年龄", "Age, at most"], gender: ["性别", "Gender"], action: ["职责的动作", "Verbs of duties"], frequency: ["频次", "How often"],
  more_kinds: ["另有 {n} 种", "{n} more kinds"], year_unit: [" 年", " years"], weight: ["权重", "weight"], preferred: ["优先", "preferred"], page_of: ["第 {n} / {m} 页", "page {n} of {m}"],
  compare: ["比较", "Comparison"], no_families: ["没有两个岗位干同样的活。", "No two roles do the same work."], family: ["岗位族", "family of roles"], titles: ["名称", "titles"],
  heat_counts: ["{r} 个岗位，{c} 家公司（独立来源 {i}），{d} 组职责", "{r} roles, {c} companies ({i} independent), {d} duties"], n_companies: ["公司数", "companies"], typical: ["典型", "typical"], common: ["常见", "common"], special: ["独有", "of one alone"],
  heat_legend: ["一行是一项职责（各种写法合并），一列是一家公司；颜色越深，写得越多。斜纹：与别家雷同的段落。点开看原话。", "A row is a duty in all its wordings, a column a company; darker: stated more often. Striped: in a passage that others have in the same words. Open a cell to read the words."],
  heat_more: ["另有 {n} 家公司、{d} 组职责没有列出，见表 duty_members、duty_clusters。", "{n} more companies and {d} more duties are not shown: see duty_members and duty_clusters."],
  families_more: ["另有 {n} 个岗位族，见表 families。", "{n} more families: see the table families."], every_duty: ["全部职责", "all duties"],
  left_out: ["共 {n} 份文档，这一页只放得下 {m} 份的细节（先放要看的，再按次序）；数字、分布和“先看这些”仍按全部文档算。其余的看表，或把文档分批。", "Of {n} documents, this page holds {m} in detail (those that need eyes, then in order); figures, distributions and the list of what needs eyes are over all. See the tables for the others, or run them in parts."],
  list_more: ["再列 {n} 份", "list {n} more"],
  not_shown: ["细节不在这一页", "not in detail on this page"], more_attention: ["另有 {n} 份要看的没有列出。", "{n} more that need eyes are not listed."], document_roles: ["这份文档里的岗位", "Roles in this document"],
};
const NOTES = {
  unclaimed: ["没有规则认领的文字", "text that no rule claimed"], unread_value: T.unread_value, empty_label: ["空着的标签", "labels left empty"], low_confidence: T.low_confidence, contradiction: T.contradiction,
  uncertain_repair: ["不能确定的修复", "uncertain repairs"], damage: ["损坏的字节", "damaged bytes"], furniture: ["网页杂项", "page furniture"], hidden: ["隐藏的文字", "hidden text"], table: ["表格", "tables"],
};

let zh = /^zh/i.test(navigator.language || "");
const t = (key, values) => {
  let text = T[key][zh ? 0 : 1];
  for (const name in values || {}) text = text.replace(`{${name}}`, values[name].toLocaleString("en"));
  return text;
};
const percent = (share) => `${Math.round(share * 100)}%`;
const number = (n) => n.toLocaleString("en");
