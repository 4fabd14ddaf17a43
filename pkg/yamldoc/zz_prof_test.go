package yamldoc

import ("os";"testing";"strings";"gopkg.in/yaml.v3")

func BenchmarkBare(b *testing.B) { data,_ := os.ReadFile("testdata/initiative.yaml"); b.ReportAllocs(); for b.Loop() { var n yaml.Node; yaml.Unmarshal(data,&n) } }
func BenchmarkDecode(b *testing.B) { data,_ := os.ReadFile("testdata/initiative.yaml"); s:=string(data); b.ReportAllocs(); for b.Loop() { decode(strings.NewReader(s)) } }
func BenchmarkFull(b *testing.B) { data,_ := os.ReadFile("testdata/initiative.yaml"); b.ReportAllocs(); for b.Loop() { Read("x", data) } }
func BenchmarkScan(b *testing.B) { data,_ := os.ReadFile("testdata/initiative.yaml"); b.ReportAllocs(); for b.Loop() { f:=newFile("x", data);f.refuse();  p:=f.split();f.scan(p[0].start,p[0].end) } }
func BenchmarkConvert(b *testing.B) { data,_ := os.ReadFile("testdata/initiative.yaml"); s:=string(data); f:=newFile("x", data); p:=f.split(); root,_:=decode(strings.NewReader(s)); b.ReportAllocs(); for b.Loop() { f.convert(root,p[0]) } }
