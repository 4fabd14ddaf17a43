package assess_test
import ("testing";"math/rand/v2";"fmt"
	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/result"
	"encoding/json"
"github.com/ks-no/ksdev/pkg/diagram"
)
func TestZZ(t *testing.T){
	r := rand.New(rand.NewPCG(1, 1))
	w, s := soundWorld(t, r, usual())
	p := w.newProposal(r)
	i := readText(t, s, p.text(w))
	c := &check{world: w, proposal: p, strategy: s}
	_ = c
	a := assess.New(s, assess.Options{Reading: result.Stated}).Assess(i)
	b,_:=json.MarshalIndent(a.RuleSets[1],""," ")
	fmt.Println(string(b)[:600])
	fmt.Println(a.Notes)
	m:=s.Model
	fmt.Println(m.Notes, m.Variables, m.Choice, s.Notes[1].When.Comparison)
	var show func(r diagram.Ref, d string)
	show=func(r diagram.Ref, d string){ if r.Constant(){fmt.Println(d,r.Result());return}
	 fmt.Println(d,"var",m.Variables[m.Store.Variable(r)]); for _,k:=range m.Store.Kids(r){show(k,d+"  ")}}
	show(m.Notes[1],"")

}
