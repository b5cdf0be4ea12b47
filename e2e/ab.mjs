import { createServer } from "node:http";
import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import zlib from "node:zlib";
const html = readFileSync("/tmp/page.html","utf8");
const variants = JSON.parse(readFileSync("/tmp/variants.json","utf8"));
const pages = { trivial: '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trivial</title><h1>Trivial</h1><p>A page with nothing in it.</p></html>', base: html };
for (const [k, subs] of Object.entries(variants)) { let h = html; for (const [a,b] of subs) { const r = new RegExp(a,"gs"); if(!r.test(h)) console.log("no match",k,a); h = h.replace(r,b);} pages[k]=h; }
const server = createServer((q, r) => { const k=q.url.slice(1); if(!pages[k]) {r.statusCode=404; return r.end();} r.setHeader("content-type","text/html; charset=utf-8"); r.setHeader("content-encoding","br"); r.end(zlib.brotliCompressSync(pages[k])); });
await new Promise(l=>server.listen(0,"127.0.0.1",l));
const o=`http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu","--disable-background-networking","--disable-sync","--no-first-run"]});
async function load(url){const c=await browser.newContext({viewport:{width:360,height:740}});const p=await c.newPage();const s=await c.newCDPSession(p);await s.send("Network.enable");await s.send("Network.emulateNetworkConditions",{offline:false,latency:150,downloadThroughput:200000,uploadThroughput:200000});await s.send("Emulation.setCPUThrottlingRate",{rate:4});await p.goto(url,{waitUntil:"load"});const t=await p.evaluate(async()=>{const paint=()=>performance.getEntriesByName("first-contentful-paint")[0]?.startTime;while(paint()===undefined)await new Promise(n=>requestAnimationFrame(n));return paint();});await c.close();return t;}
const N=Number(process.argv[2]??15);const runs={};for(const k in pages)runs[k]=[];
for(let i=0;i<N;i++)for(const k in pages)runs[k].push(await load(o+k));
await browser.close();server.close();
const med=a=>a.slice().sort((x,y)=>x-y)[a.length>>1];
for(const k in runs)console.log(k.padEnd(20),med(runs[k]).toFixed(0),(med(runs[k])/med(runs.trivial)).toFixed(2), "min",Math.min(...runs[k]).toFixed(0));
