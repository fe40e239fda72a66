// What Heimdall takes each control of a file for, by its library inspecjs: a line of JSON for each control.
const {convertFile, contextualizeEvaluation} = require('inspecjs');

const file = convertFile(require('fs').readFileSync(0, 'utf8'), true)['1_0_ExecJson'];
if (!file) throw new Error('inspecjs does not take it for exec JSON');
for (const profile of contextualizeEvaluation(file).contains) {
  for (const control of profile.contains) {
    // What Heimdall shows is the root's, which is another control where two have one id.
    console.log(JSON.stringify({
      profile: profile.data.name, id: control.data.id, status: control.root.hdf.status, waived: control.root.hdf.waived,
      segments: control.root.hdf.segments.map((segment) => segment.status), severity: control.root.hdf.severity,
      nist: control.root.hdf.rawNistTags
    }));
  }
}
