package demo
import ("testing";"path/filepath";"os";"bytes";"encoding/csv";"strings";"fmt")
func TestZZ(t *testing.T){
 for _, opt := range []Options{{Persons: 20000, Dirty: true, Seed: 20210610},{Persons: 5000, Seed: 20210611}} {
 dir, _, g := generated(t, opt)
 runNight(t, dir, mayDay)
 want := consult(mayDay, g.may)
 data,_ := os.ReadFile(filepath.Join(dir,"data/out/2021-05-10/全区/findings.csv"))
 rec,_ := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
 for _, r := range rec[1:] {
   m := map[string]string{}
   for i, n := range rec[0] { m[n]=strings.TrimSpace(r[i]) }
   w := wantT{m["rule_id"], subjectOf(t,m)}
   if !want[toWant(w)] && !strings.HasPrefix(m["rule_id"],"DQ0") { fmt.Println(m) 
     for _, f := range g.families { for _, p := range f.people { if p.name==m["name"] || p.id==m["id_number"] { fmt.Println(f.label, *p); for k := range kindNames { for _, r := range f.may.of(k) { if r.whom().id==p.id { fmt.Println("   ", kindNames[k], r.values(), r.whom().sent, r.whom().lost) } } } } } }
   }
 }
 }
}
type wantT struct{a,b string}
func toWant(w wantT) want { return want{w.a,w.b} }
