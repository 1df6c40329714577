/// What Unicode says of each scalar, as Hugging Face's tokenizers 0.23.3 has it; written by
/// Tests/References/make_unicode_tables.py, read by ``UnicodeClasses`` and ``UnicodeFolding``.
///
/// Numbers are in base 36. In ranges each word is the gap from the end of the last, and how many
/// scalars follow the first.
enum UnicodeTables {
  /// `\p{L}`.
  static let letters: StaticString = """
    1t,p 7,p 1c b 5 6,m 2,u 2,cp 5,b f,4 8 2 3m,4 2,1 3,3 2 7 2,2 2 2,j 2,2a 2,3u 9,4l 2,11 3 \
    7,14 20,q 5,3 1a,16 10,1 2,2q 2 g,1 8,1 b,2 3 h 2,t u,2g c p,w a,1 5 6,l 5 a 4 o,o 8,a 6,n \
    2,5 i,15 1n,1h 4 j 8,9 g,f 5,7 3,1 3,l 2,6 2 4,3 4 h e,1 2,2 f,1 b 9,5 5,1 3,l 2,6 2,1 2,1 \
    2,1 w,3 2 k,2 h,8 2,2 2,l 2,6 2,1 2,4 4 j g,1 o c,7 3,1 3,l 2,6 2,1 2,4 4 v,1 2,2 g i 2,5 \
    4,2 2,3 4,1 2 2,1 4,1 4,2 4,b n 1h,7 2,2 2,m 2,f 4 r,2 3 3,1 v 5,7 2,2 2,m 2,9 2,4 4 w,1 2,1 \
    g,1 i,8 2,2 2,14 3 h 6,2 9,2 p,5 6,h 4,n 2,8 2 3,6 1n,1b 2,1 d,6 1n,1 2 2,4 2,n 2 2,9 2,1 a \
    3,4 2 m,3 x 1s,7 2,z s,4 38,16 l h,5 5,3 4 4,1 8,2 5,c d i,11 2 6 3,16 2,98 2,3 3,6 2 2,3 \
    3,14 2,3 3,w 2,3 3,6 2 2,3 3,e 2,1k 2,3 3,1u 12,f h,2d 3,5 4,h7 3,g 2,p 6,22 7,7 8,h e,i f,h \
    f,c 2,2 g,1f 10 5 1w,2g 8,4 3,x 2 6,1x b,u 1e,t 3,4 c,17 5,p 1j,m a,1g 2b 2m,1a i,7 1j,t e,1 \
    b,17 r,z 16,2 b,z 3,a 6,16 3,2 16,3 2,5 2,1 4 6,5b 1t,7p 3,5 3,11 3,5 3,7 2 2 2 2,u 3,1g 2,6 \
    2 4,2 2,6 4,3 3,5 5,c 6,2 2,6 39 e h,c 2u 5 3,9 2 4,4 7 2 2 2,3 2,a 3,3 6,4 5 1h,1 22k,6c \
    7,3 4,1 d,11 2 6 3,1j 8 h,m a,6 2,6 2,6 2,6 2,6 2,6 2,6 2,6 29 d2,1 17,4 6,1 5,2d 7,2 2,2h \
    2,3 6,16 2,2l i,v 1d,f e9,533 1t,h3g 1w,19 3,7g 4,f b,1 l,1a h,u 3,1x 1e,8 3,2u 3,1u 3,1 2 \
    2,7 m,f 2,2 2,3 2,m u,1f f,1d 1r,5 4 2,1 c,r b,m q,s 8,1a t h,4 2,9 b,4 2,14 o,2 2,7 l,m 4 \
    4,1d 2 4,1 3,4 3 2 p,2 3,a 8,2 d,5 3,5 3,5 a,6 2,6 2,16 2,d 7,36 u,8mb d,m 5,1c 6it,a5 3,2x \
    13,6 d,4 6 2,9 2,c 2,4 2 2,1 2,1 2,2z y,a2 j,1r 3,1h 15,b 39,4 2,3q 11,p 7,p c,2g 4,5 3,5 \
    3,5 3,2 10,b 2,p 2,i 2,1 2,e 3,d z,3e au,s 4,1c 1c,v e,j 2,7 7,11 b,t 3,z 5,7 1d,4d j,z 5,z \
    5,13 9,1f d,a 2,e 2,6 2,1 2,a 2,e 2,6 2,1 4,1f d,8m a,l b,7 p,5 2,15 2,8 1y,5 3 2,17 2,1 4 \
    3,m b,m a,u 1u,i 2,1 b,l b,p 1z,1j 7,1 1t g,3 2,2 2,s 17,s 4,s 10,7 2,r s,1h b,l b,i e,h \
    33,20 1k,1e e,1e e,z 13,r a,m 6z,15 7,1 h,2 1o,s b 9,l 17,h 1b,k s,m d,1g 1m,1 3 e,18 x,o \
    r,z u 3 9,y 4 d,1b f,3 m 2 10,h 2,o k,1 1s,6 2 2,3 2,e 2,9 8,1a 13,7 3,1 3,l 2,6 2,1 2,4 4 j \
    d,4 v,9 2 3 2,11 2 q 2 19,1g j,3 l,2 v,1b l,1 2 55,1a 16,3 11,1b l 1o,16 e 20,q 12,6 56,17 \
    39,1r w,7 3 3,7 2,1 2,n g 2 2n,7 3,12 h 2 t b,13 8 m c,19 k j,20 5k,w w,8 2,10 i 1e,t 35,6 \
    2,1 2,11 m q,5 2,1 2,v f 94,i g 2,c 2,x 3h 28,pl 6f,5f 219,2o g,tr i,5 q,32y 6,g6 5a2,t \
    1cz,fs 8,u i,26 i,t j,1b h,3 w,k 6,i c1,18 5w,1r 3l,22 6 1v,c 1t,1 2 t,4qf 9,yd 16,9 6w8,3 \
    2,6 2,1 2,82 g u,2 3 f,3 9,az 1s5,2y 6,c 4,8 8,9 4mf,2c 2,1y 2,1 3 3,1 3,3 2,b 2 2,6 2,1s \
    2,3 3,7 2,6 2,r 2,3 2,4 2 4,6 2,9f 3,o 2,o 2,u 2,o 2,u 2,o 2,u 2,o 2,u 2,o 2,7 1f9,u 7,5 \
    7a,1p 43,18 b,6 h 8y,t j,17 dh,r 6d,t 3 ds,6 2,3 2,1 2,e 2,5g 1o,1v 8 xh,3 2,q 2,1 2 3 2,9 \
    2,3 2 2 7 5 2 2 2,2 2,1 2 3 2 2 2 2 2,1 2 3,3 2,6 2,3 2,3 2 2,9 2,g 6,2 2,4 2,g 3et,wyn \
    x,37d 7,65 3,4g1 f,5rk g,h9 1wj,f1 15v,3t6 6,38f
    """

  /// `\p{N}`.
  static let numbers: StaticString = """
    1c,9 3d,1 6 3,2 142,9 3r,9 5j,9 bh,9 3b,9 5,5 31,9 3b,9 3b,9 3,5 33,c 38,9 9,6 2w,9 2x,6 8,i \
    32,9 2p,9 3b,9 1z,j 7h,9 1z,9 k0,j oi,2 6o,9 7,9 n,9 8d,9 3l,a 4m,9 7,9 53,9 2f,9 3r,9 7,9 \
    t3 4,5 7,9 5j,1e 3,4 k7,1n 27,l hj,t 12i lm q,8 f,2 9k,3 3v,9 v,7 2,e x,9 14,e msh,9 59,9 \
    8x,5 4b,9 13,9 5j,9 n,9 2f,9 bb,9 gev,9 dq,18 d,1k i,1 9i,q 11,3 u 9 3r,4 5n,9 q7,7 q,6 14,8 \
    24,4 n,5 4h,1 3,f 3,19 1t,8 1h,1 v,2 24,4 2x,7 p,7 16,6 97,5 1d,9 7,9 7r,u 4f,9 17,3 35,6 \
    3r,t 3l,9 1p,9 41,9 8,j 70,9 9j,9 3b,9 af,9 2v,9 7,j 25,b bp,i 2m,9 if,9 2f,s 6c,9 1z,9 br,9 \
    2v,k to,32 c02,9 1t3,9 2f,9 3r,9 2,6 en,9 7b,m imy,9 153,j d,j 31,o uu,1d 1tt,9 br,9 dz,9 \
    6w,9 jx,8 3l,9 m0,1m 2,2 2,3 25,18 2,e qr,c 25g,9
    """

  /// Numbers to `Digits` alone, whose Unicode is younger.
  static let laterNumbers: StaticString = """
    1kgw,9 g7f,2
    """

  /// `\s`.
  static let spaces: StaticString = """
    9,4 j 2t r 4bk 1vk,a u,1 6 1c 335
    """

  /// What BERT's pre-tokenizer splits off.
  static let punctuation: StaticString = """
    x,e b,6 r,5 r,3 z 6 4 b,1 4 4 jj 9 cz,5 16,1 1g 2 3 3 19,1 l,1 2,1 e 3,1 23,3 2v 18,d 6i,2 \
    1j,e w 7a,1 b ao lg 2j b,1 4p,e 2 12,3 20 23,4 5,1 34,5 4s h1,8 48 h9,1 19,1 27,2 20,1 4e,2 \
    2,2 12,a 8q,1 61,1 3l,6 2,5 4t,6 4c,3 1o,4 1r,1 1t,7 c n1,n 9,j 2,c 2,b v,1 f,1 hm,3 u,1 \
    u6,d 28,1 w,9 b8,l 1s,3 x,1 l8,3 2,1 35 40,1a 2,i cf,2 5,9 3,b h d 2r 2j mwz,1 7i,2 2s b \
    38,5 al,3 2f,1 15,2 2 1e,1 1c 2q,c h,1 3h,3 3j,1 h,1 6y g2b,1 5t,9 n,y 2,d 2 5 2,1 46,2 2,5 \
    2,3 b,1 4,1 r,2 2 s 2 2,6 bf,2 il 1d bj ko 5k w 7l,8 13 35,6 1v,6 2i,3 x7,6 32,1 2,3 3j,3 \
    1d,1 28,4 4 e 2,2 2h,5 30 f1 6z,m 2y,2 6x,2 2lu,4 dtm,1 3q 1u,4 9 g2j 5wo,4
    """

  /// What BERT's cleaning drops.
  static let controls: StaticString = """
    0,8 3,1 2,h 2o,w e 11v,5 n 5d 1e 3cv 1kt,4 r,4 1e,4 2,9 11u9,4xr 16o 6y,2 2 3b4 xyb,3 440,7 \
    h407 v,2n 1egx,1ekd 3,1ekd
    """

  /// What BERT puts spaces around.
  static let ideographs: StaticString = """
    a9s,533 1t,g73 hkx,e7 1fk1,wyn x,3dr 75,49b 85t,f3
    """

  /// What BERT's stripping of accents drops.
  static let marks: StaticString = """
    lc,33 7o,4 7e,18 2 2,1 2,1 2 21,a 1d,k h 2u,6 3,5 3,1 2,3 10 v,q 2k,a 1n,8 z,3 2,8 2,2 2,4 \
    18,2 3s,v 1k 2 5,7 5 4,6 b,1 u 1n 5,3 9 l,1 u,1 1m 5,1 5,1 3,2 4 v,1 4 c,1 1m 5,4 2,1 5 l,1 \
    u 1n 3 2,3 9 9 c,1 v 1q d 1f 1q,2 6,2 2,3 8,1 c,1 u 1n 3 7 6,1 l,1 u 1s,3 9 l,1 2v 8,2 2 2j \
    3,6 d,7 2r 3,5 2,1 c,5 23,1 s 2 2 1k,d 2,4 2,1 6,a 2,z a 2v,3 2,5 2,1 3,1 q,1 5,2 h,3 e 3,1 \
    7 g jk,2 qb,2 u,2 u,1 v,1 1t,1 2,6 9 3,a a 1a,2 4c 3b,2 5,1 a 7,2 64,1 3 1n 2,6 2 2 3,7 7,9 \
    3 1d,d 1v,3 1d 2,4 2 6 15,8 d,1 x,3 3,1 2,2 1l 2,1 4 2,2 1n,7 3,1 49,2 2,c 2,6 5 7 4,1 5j,1h \
    7,3 k1,c 5 4,b 2db,2 3y 2p,v ff,3 30,1 n9x 5,9 x,1 29,1 7l 4 5 q,1 4e s,h 1h,7 q,a 1b,2 1d \
    3,3 3 15 1w,5 3,1 3,1 d 9 1c 1g 2,2 3,1 6,1 2 17,1 9 6n 3 5 fn5 ki,f h,f r2 6b 46,4 1af,2 \
    2,1 6,3 15,2 5 4m,1 10b 1j,e 1l,2 1e,3 3,1 1y,2 11,4 2,7 1r d,1 1h,8 c,2 2r,2 3 2,1 4o 4,7 \
    m,1 1n 4 12,6 4,4 8v,5 2 5,1 2,1 6n,3 7,1 2,1 s,1 2e,7 3 2,1 2z 2 3,5 2 2u,2 3,3 2,4 gjp,4 \
    1o,6 ux,3 f7v,1 43t,2 i,7 3,6 v,3 45,2 1j0,1i 5,1d 9 f n,4 2,e 2sh,6 gzl6,6n
    """

  /// Those of them that canonical ordering doesn't move.
  static let startingMarks: StaticString = """
    nj uv,a 9c,2 1k 7,7 d,2 b,1 u 1s,3 u,1 u,1 1r,1 5,1 3,1 5 v,1 4 c,1 1r,4 2,1 q,1 u 1q 2,3 i \
    c,1 v 1q 1s 1q,2 6,2 2,2 m,1 u 1q 7 6 m,1 u 1s,3 u,1 33,2 2 2j 3,3 g 5,2 2r 3,3 4,1 g,1 4p,3 \
    5 f,a 2,z 35,3 2,4 7,1 q,1 5,2 h,3 e 3,1 n 19x,1 v,1 v,1 v,1 1t,1 2,6 9 3,8 2 1k,2 7n,2 5,1 \
    a 6h 1n 2,6 4 3,7 7,1 3w,3 1f,4 2 6 1q,1 x,3 3,1 3,1 1n,1 4 2,2 1n,7 3 rm4 9 q,1 74,4 t,a \
    1b,2 1g,3 3 15 1w,5 3,1 3,1 d 9 1c 34,1 6w 3 g7s,f 2cy,2 2,1 6 2 16b 1j,d 1n,1 1e,3 35,4 2,5 \
    26,1 1h,8 d,1 2r,2 3 3 4o 4,5 o,1 1r ab,5 2 5,1 6q,3 7,1 v,1 2e,7 3 3 2z 2 3,5 2w,2 3,3 2,3 \
    hgl,3 f7v 5sz,1i 5,1d 9 f n,4 2,e h2dt,6n
    """

  /// Combining classes of what it moves and BERT keeps.
  static let movedMarks: StaticString = """
    1qs:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 3mr:62 2u:62 20:62 \
    1:62 eg:6e 3lf:68 1:68 nxg:62 31:62 kjk:62 39:62 7s:62 6t:62 4:62 hc:62 13d:62 zs6:62 1:62 \
    7:6a 1:62 1:62 1:62 1:62 1:62 2vi:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 2:6e 1:6e 1:6e 1:6e 1:6e \
    1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:6e 3:6e 1:6e 1:6e 1:6e 1:6e 1:6e \
    1:6e 2:6e 1:6e 2:6e 1:6e 1:6e 1:6e 1:6e 1sq:6e 1:6e 1:6e 1:6e 1:6e 1:6e 1:62
    """

  /// Lower case, but for U+0130, which has two scalars.
  static let lowerCase: StaticString = """
    1t:1,p,2p 3j:1,m,68 o:1,6,6w 14:2,n,75 1e:2,2,8j 7:2,7,8q h:2,m,97 1a:1,0,73 1:2,2,ai \
    8:1,0,gj 1:2,1,ar 4:1,0,gk 1:1,0,aw 2:1,1,gm 2:1,0,b0 3:1,0,d9 1:1,0,gp 1:1,0,gr 1:1,0,b6 \
    2:1,0,gw 1:1,0,gz 2:1,0,h5 1:1,0,h4 1:1,0,bd 4:1,0,hb 1:1,0,he 2:1,0,hh 1:2,2,bl 6:1,0,hs \
    1:1,0,bs 2:1,0,hv 3:1,0,bx 2:1,0,i0 1:1,0,c0 2:1,1,i2 2:2,1,c4 4:1,0,ia 1:1,0,c9 4:1,0,cd \
    8:1,0,cm 1:1,0,cm 2:1,0,cp 1:1,0,cp 2:1,0,cs 1:2,8,cs j:2,8,db j:1,0,dv 1:2,1,dv 4:1,0,b9 \
    1:1,0,cf 1:2,j,e1 14:1,0,bi 2:2,8,f7 o:1,0,8rp 1:1,0,fw 2:1,0,be 1:1,0,8rq 3:1,0,g2 2:1,0,ao \
    1:1,0,i1 1:1,0,i4 1:2,4,g7 8a:2,1,oh 6:1,0,on 9:1,0,s3 7:1,0,q4 2:1,2,q5 4:1,0,r0 2:1,1,r1 \
    3:1,g,q9 i:1,8,qr 18:1,0,rb 9:2,b,rd s:1,0,qg 3:1,0,s8 2:1,0,s2 1:1,0,sb 3:1,2,or 3:1,f,uo \
    g:1,v,ts 28:2,g,v5 16:2,q,wb 1i:1,0,y7 1:2,6,xu f:2,1b,y9 2p:1,11,129 29b:1,11,8w0 \
    13:1,0,8x3 6:1,0,8x9 k3:1,27,xv4 28:1,5,3y0 1p5:1,0,5my 7:1,16,3bk 19:1,2,3ct 8z:2,22,5xd \
    4e:1,0,67 2:2,1b,61t 2w:1,7,64g g:1,5,64w g:1,7,65c g:1,7,65s g:1,5,668 h:2,3,66p f:1,7,674 \
    w:1,7,680 g:1,7,68g g:1,7,68w g:1,1,69c 2:1,1,67k 2:1,0,69f c:1,3,67m 4:1,0,69v c:1,1,6a8 \
    2:1,1,67q e:1,1,6ao 2:1,1,67u 2:1,0,6at c:1,1,67s 2:1,1,67w 2:1,0,6b7 8a:1,0,qx 4:1,0,2z \
    1:1,0,6d 7:1,0,6ku 1a:1,f,6ls z:1,0,6mc mr:1,p,79s 1fu:1,1b,8q8 2o:1,0,8rl 2:1,0,h7 \
    1:1,0,5tp 1:1,0,hp 3:2,2,8rs 6:1,0,gh 1:1,0,hd 1:1,0,gg 1:1,0,gi 2:1,0,8s3 3:1,0,8s6 \
    9:1,1,fz 2:2,1d,8sh 2z:2,1,8vg 7:1,0,8vn nym:2,m,wu9 1s:2,d,ww1 4i:2,6,x0j g:2,u,x0z \
    1z:2,1,x2y 4:1,0,5tl 1:2,4,x33 d:1,0,x3g 2:1,0,h1 3:2,1,x3l 6:2,9,x3r k:1,0,h2 1:1,0,gs \
    1:1,0,gx 1:1,0,h8 1:1,0,h6 2:1,0,im 1:1,0,hz 1:1,0,il 1:1,0,xub 1:2,7,x4l g:1,0,x3o 1:1,0,hu \
    1:1,0,5u6 1:2,1,x54 4:1,0,h0 1:2,7,x59 g:1,0,bf p:1,0,x6e h7w:1,p,1ef5 yn:1,13,1fe0 \
    4w:1,z,1fiw 5c:1,a,1fo7 c:1,e,1foj g:1,6,1foz 8:1,1,1fp7 1d8:1,1e,1h34 5s:1,l,1h80 \
    28g:1,v,1jgg gww:1,v,20dc 2o:1,o,20fv o68:1,x,2oma
    """

  /// Canonical decompositions without marks, but for Hangul.
  static let withoutAccents: StaticString = """
    5c:1t 1:1t 1:1t 1:1t 1:1t 1:1t 2:1v 1:1x 1:1x 1:1x 1:1x 1:21 1:21 1:21 1:21 2:26 1:27 1:27 \
    1:27 1:27 1:27 3:2d 1:2d 1:2d 1:2d 1:2h 3:2p 1:2p 1:2p 1:2p 1:2p 1:2p 2:2r 1:2t 1:2t 1:2t \
    1:2t 1:2x 1:2x 1:2x 1:2x 2:32 1:33 1:33 1:33 1:33 1:33 3:39 1:39 1:39 1:39 1:3d 2:3d 1:1t \
    1:2p 1:1t 1:2p 1:1t 1:2p 1:1v 1:2r 1:1v 1:2r 1:1v 1:2r 1:1v 1:2r 1:1w 1:2s 3:1x 1:2t 1:1x \
    1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1z 1:2v 1:1z 1:2v 1:1z 1:2v 1:1z 1:2v 1:20 1:2w 3:21 \
    1:2x 1:21 1:2x 1:21 1:2x 1:21 1:2x 1:21 4:22 1:2y 1:23 1:2z 2:24 1:30 1:24 1:30 1:24 1:30 \
    5:26 1:32 1:26 1:32 1:26 1:32 4:27 1:33 1:27 1:33 1:27 1:33 3:2a 1:36 1:2a 1:36 1:2a 1:36 \
    1:2b 1:37 1:2b 1:37 1:2b 1:37 1:2b 1:37 1:2c 1:38 1:2c 1:38 3:2d 1:39 1:2d 1:39 1:2d 1:39 \
    1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2f 1:3b 1:2h 1:3d 1:2h 1:2i 1:3e 1:2i 1:3e 1:2i 1:3e y:27 \
    1:33 e:2d 1:39 t:1t 1:2p 1:21 1:2x 1:27 1:33 1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2d \
    1:39 2:1t 1:2p 1:1t 1:2p 1:5i 1:6e 3:1z 1:2v 1:23 1:2z 1:27 1:33 1:27 1:33 1:c7 1:ia 1:2y \
    4:1z 1:2v 3:26 1:32 1:1t 1:2p 1:5i 1:6e 1:60 1:6w 1:1t 1:2p 1:1t 1:2p 1:1x 1:2t 1:1x 1:2t \
    1:21 1:2x 1:21 1:2x 1:27 1:33 1:27 1:33 1:2a 1:36 1:2a 1:36 1:2d 1:39 1:2d 1:39 1:2b 1:37 \
    1:2c 1:38 3:20 1:2w 7:1t 1:2p 1:1x 1:2t 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:2h 1:3d \
    8x:jd a:1n 7:4o 1:pd 1:53 1:ph 1:pj 1:pl 2:pr 2:px 1:q1 1:qh q:pl 1:px 1:q9 1:qd 1:qf 1:qh \
    1:qt q:qh 1:qt 1:qn 1:qt 1:qx 5:r6 1:r6 18:t1 1:t1 2:sz 4:sm 5:t6 1:t4 1:tf b:t4 w:u0 n:tx \
    1:tx 2:tv 4:uu 5:u2 1:u0 1:ub o:vo 1:vp 22:t2 1:ty e:sw 1:ts 1:sw 1:ts 3:t1 1:tx 3:yg 1:yh \
    1:t2 1:ty 1:t3 1:tz 3:t4 1:u0 1:t4 1:u0 1:ta 1:u6 3:yw 1:yx 1:tp 1:ul 1:tf 1:ub 1:tf 1:ub \
    1:tf 1:ub 1:tj 1:uf 3:tn 1:uj 89:17r 1:17r 1:18o 1:17r 1:18q 4a:1cl 2:1c1 h:1ci gm:1t4 8:1tc \
    3:1tf 10:1sl 1:1sm 1:1sn 1:1ss 1:1sx 1:1sy 1:1t7 1:1tb 30:1xj,1xa 1:1xj,1xz g:1wh 1:1wi \
    2:1wv 2c:20i 3:20o z:1zq 1:1zr 1:1zw 3:20b 6i:287 3:287,27y 1:287,28n g:275 1:276 1j:2aa,2c7 \
    1i:2bq,2bi 1:2br,2bi 1:2bq,2c7 6s:2j9 7:2j9 1:2ja 2:2iq 1:2iq,2j9 3j:2me,2m6 1:2mf,2m6 \
    1:2me,2mv 3y:2qh 2:2qh,2q7 1:2qh,2q7 1:2qh,2qn 9x:30i a:30s 5:30x 5:312 5:317 d:30g 59:36t \
    25c:5c5,5dh 2:5c7,5dh 2:5c9,5dh 2:5cb,5dh 2:5cd,5dh 4:5ch,5dh 15:5dh 2:5dh 3:5dq,5dh \
    1:5dr,5dh 2:5dh jh:1t 1:2p 1:1u 1:2q 1:1u 1:2q 1:1u 1:2q 1:1v 1:2r 1:1w 1:2s 1:1w 1:2s 1:1w \
    1:2s 1:1w 1:2s 1:1w 1:2s 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1y 1:2u 1:1z \
    1:2v 1:20 1:2w 1:20 1:2w 1:20 1:2w 1:20 1:2w 1:20 1:2w 1:21 1:2x 1:21 1:2x 1:23 1:2z 1:23 \
    1:2z 1:23 1:2z 1:24 1:30 1:24 1:30 1:24 1:30 1:24 1:30 1:25 1:31 1:25 1:31 1:25 1:31 1:26 \
    1:32 1:26 1:32 1:26 1:32 1:26 1:32 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:28 1:34 1:28 \
    1:34 1:2a 1:36 1:2a 1:36 1:2a 1:36 1:2a 1:36 1:2b 1:37 1:2b 1:37 1:2b 1:37 1:2b 1:37 1:2b \
    1:37 1:2c 1:38 1:2c 1:38 1:2c 1:38 1:2c 1:38 1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2d \
    1:39 1:2e 1:3a 1:2e 1:3a 1:2f 1:3b 1:2f 1:3b 1:2f 1:3b 1:2f 1:3b 1:2f 1:3b 1:2g 1:3c 1:2g \
    1:3c 1:2h 1:3d 1:2i 1:3e 1:2i 1:3e 1:2i 1:3e 1:2w 1:38 1:3b 1:3d 2:an 5:1t 1:2p 1:1t 1:2p \
    1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p 1:1t 1:2p \
    1:1t 1:2p 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t 1:1x 1:2t \
    1:21 1:2x 1:21 1:2x 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 \
    1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:27 1:33 1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2d 1:39 \
    1:2d 1:39 1:2d 1:39 1:2d 1:39 1:2h 1:3d 1:2h 1:3d 1:2h 1:3d 1:2h 1:3d 7:q9 1:q9 1:q9 1:q9 \
    1:q9 1:q9 1:q9 1:q9 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd 1:qd 1:qd 1:qd 1:qd 1:qd 1:qd \
    3:ph 1:ph 1:ph 1:ph 1:ph 1:ph 3:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:pj 1:pj 1:pj 1:pj \
    1:pj 1:pj 1:pj 1:pj 1:qh 1:qh 1:qh 1:qh 1:qh 1:qh 1:qh 1:qh 1:pl 1:pl 1:pl 1:pl 1:pl 1:pl \
    1:pl 1:pl 1:qn 1:qn 1:qn 1:qn 1:qn 1:qn 3:pr 1:pr 1:pr 1:pr 1:pr 1:pr 3:qt 1:qt 1:qt 1:qt \
    1:qt 1:qt 1:qt 1:qt 2:px 2:px 2:px 2:px 1:qx 1:qx 1:qx 1:qx 1:qx 1:qx 1:qx 1:qx 1:q1 1:q1 \
    1:q1 1:q1 1:q1 1:q1 1:q1 1:q1 1:q9 1:q9 1:qd 1:qd 1:qf 1:qf 1:qh 1:qh 1:qn 1:qn 1:qt 1:qt \
    1:qx 1:qx 3:q9 1:q9 1:q9 1:q9 1:q9 1:q9 1:q9 1:q9 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd 1:pd \
    1:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:qf 1:pj 1:pj 1:pj 1:pj 1:pj 1:pj 1:pj 1:pj 1:qx 1:qx \
    1:qx 1:qx 1:qx 1:qx 1:qx 1:qx 1:q1 1:q1 1:q1 1:q1 1:q1 1:q1 1:q1 1:q1 1:q9 1:q9 1:q9 1:q9 \
    1:q9 2:q9 1:q9 1:pd 1:pd 1:pd 1:pd 1:pd 2:qh 3:4o 1:qf 1:qf 1:qf 2:qf 1:qf 1:ph 1:ph 1:pj \
    1:pj 1:pj 1:69r 1:69r 1:69r 1:qh 1:qh 1:qh 1:qh 3:qh 1:qh 1:pl 1:pl 1:pl 1:pl 2:6bi 1:6bi \
    1:6bi 1:qt 1:qt 1:qt 1:qt 1:qp 1:qp 1:qt 1:qt 1:px 1:px 1:px 1:px 1:pt 1:4o 1:4o 1:2o 3:qx \
    1:qx 1:qx 2:qx 1:qx 1:pr 1:pr 1:q1 1:q1 1:q1 1:50 3:6bm 1:6bn 85:q1 4:23 1:1t 33:6mo 1:6mq \
    j:6ms v:6og 1:6ok 1:6oi 1h:6pv 5:6q0 3:6q3 o:6qr 2:6qt r:6rg 3:6rn 3:6rp 2:6rs n:1p 2:6sh \
    b:6rx 1:1o 1:1q 1:6sk 1:6sl 3:6sy 1:6sz 3:6t2 1:6t3 7:6t6 1:6t7 3:6te 1:6tf 3:6ti 1:6tj \
    z:6ua 1:6ug 1:6uh 1:6uj 1d:6t8 1:6t9 1:6tt 1:6tu 7:6uq 1:6ur 1:6us 1:6ut 1o:9hk 1:9hl \
    1iq:8gt 12o:9jf 2:9jh 2:9jj 2:9jl 2:9jn 2:9jp 2:9jr 2:9jt 2:9jv 2:9jx 2:9jz 2:9k1 3:9k4 \
    2:9k6 2:9k8 7:9kf 1:9kf 2:9ki 1:9ki 2:9kl 1:9kl 2:9ko 1:9ko 2:9kr 1:9kr n:9ja a:9lp e:9m3 \
    2:9m5 2:9m7 2:9m9 2:9mb 2:9md 2:9mf 2:9mh 2:9mj 2:9ml 2:9mn 2:9mp 3:9ms 2:9mu 2:9mw 7:9n3 \
    1:9n3 2:9n6 1:9n6 2:9n9 1:9n9 2:9nc 1:9nc 2:9nf 1:9nf n:9ly 3:9nz 1:9o0 1:9o1 1:9o2 4:9od \
    13ia:rpk 1:kc4 1:s7e 1:rt4 1:lw1 1:fg2 1:gkl 1:vj0 1:vj0 1:hn5 1:ssx 1:gw7 1:hmw 1:jcm 1:ne1 \
    1:p6t 1:qin 1:qt6 1:r20 1:sjz 1:kxu 1:ljv 1:mah 1:mvy 1:q4d 1:sq2 1:uep 1:fia 1:ghh 1:l50 \
    1:mjf 1:qi5 1:v8e 1:ifk 1:m3v 1:qfh 1:r50 1:jih 1:pnc 1:qvz 1:iq2 1:kd3 1:lm2 1:mpo 1:slq \
    1:fpi 1:g53 1:gda 1:jwk 1:l3n 1:mj4 1:nhj 1:pa9 1:qh2 1:qjg 1:s1b 1:tv6 1:upb 1:v7e 1:nt8 \
    1:nzz 1:otc 1:q15 1:t1g 1:vb3 1:rfa 1:hjz 1:iro 1:okg 1:pdq 1:mle 1:nuy 1:rsy 1:ttj 1:hjs \
    1:i8y 1:kyb 1:lp6 1:lxr 1:oq7 1:oxj 1:tor 1:gcy 1:pe3 1:g64 1:g5o 1:o4c 1:ou6 1:q29 1:tpx \
    1:rk0 1:jin 1:kxu 1:rge 1:fg9 1:i5j 1:iz6 1:mtj 1:n74 1:gev 1:nwb 1:fr3 1:iw9 1:ff1 1:lho \
    1:k1k 1:opu 1:gjn 1:hge 1:ni9 1:q4p 1:re2 1:la2 1:sds 1:lfs 1:jjy 1:put 1:jog 1:n6t 1:fji \
    1:g2x 1:g5l 1:kn5 1:oo7 1:prj 1:rf6 1:ssv 1:gdx 1:gn6 1:ho3 1:ir0 1:k3p 1:m4e 1:nxm 1:tkd \
    1:ui2 1:vbr 1:vda 1:gbf 1:kau 1:l87 1:sbm 1:ino 1:j9s 1:jcw 1:jve 1:lyb 1:mdl 1:n0p 1:o22 \
    1:ovo 1:pdb 1:s9y 1:q9a 1:sgz 1:t3e 1:g7r 1:gbn 1:gql 1:ma0 1:r0i 1:re2 1:iq1 1:iyd 1:jnf \
    1:l9q 1:oji 1:mt1 1:fl0 1:h6h 1:i5j 1:iii 1:izg 1:muq 1:mzt 1:p7e 1:pc6 1:svo 1:tti 1:tvs \
    1:u1k 1:fpn 1:o1a 1:ss4 1:trs 1:j4x 1:fie 1:fyy 1:i5q 1:i7z 1:k2h 1:kxu 1:mha 1:ncy 1:q9o \
    1:sjg 1:vil 1:k94 1:tny 1:gax 1:kfv 1:kj7 1:lkx 1:luk 1:mx5 1:n6h 1:nsb 1:opc 1:u3i 1:g31 \
    1:je6 1:tq0 1:fu3 1:ie1 1:lpm 1:sa2 1:ivf 1:j7o 1:kk7 1:mtj 1:tqe 1:g89 1:glr 1:i91 1:k5v \
    1:kem 1:ko8 1:lid 1:mx2 1:naa 1:p6h 1:r0v 1:r1d 1:sss 1:tsy 1:gfz 1:lve 1:gm5 1:mhc 1:n14 \
    1:qgq 1:tr7 1:uvr 1:vbz 1:kgn 1:lor 1:pns 1:o97 1:obk 1:olu 1:mo0 1:m8p 1:riw 1:fk0 1:px2 \
    1:g8q 1:g7b 1:ip2 1:jir 1:onq 1:i2t 1:ljy 1:kac 1:saj 1:qx8 1:tot 1:r63 1:iqb 1:g1s 1:gxs \
    3:hga 2:k8k 3:g66 1:mqy 1:ngq 1:ny4 1:nz2 1:nz9 1:o0f 1:tw6 1:on2 1:p8d 2:qhe 2:rg8 3:shk \
    1:sn1 4:u7j 1:u7w 1:u94 1:v5g 1:sm6 1:trr 1:fqm 1:fzb 1:g25 1:gcp 1:gdg 1:ggh 1:gwt 1:gzq \
    1:h2g 1:hfk 1:hig 1:i90 1:i9a 1:j2s 1:j8o 1:j9q 1:jci 1:k0f 1:k4i 1:k9d 1:kn9 1:lmf 1:lqy \
    1:lya 1:mem 1:mjv 1:mxu 1:ntd 1:ny6 1:nyh 1:nyg 1:nyo 1:nyu 1:nz1 1:o0d 1:o0e 1:o5c 1:o75 \
    1:og0 1:ovo 1:ow9 1:oxt 1:p6a 1:pad 1:pnx 1:prt 1:prt 1:q53 1:r2o 1:r6e 1:rgh 1:ri1 1:rtf \
    1:ruw 1:sdy 1:shk 1:tsz 1:u0v 1:u2j 1:j1x 1:36cu 1:pp4 3:ffq 1:g51 1:g2w 1:fpc 1:g1x 1:g3k \
    1:gcn 1:ge2 1:gwt 1:gut 1:gwp 1:gyq 1:hga 1:hir 1:hms 1:hn8 1:huq 1:i08 1:iqa 1:iqh 1:iuh \
    1:iwd 1:j4o 1:j7y 1:j60 1:j9q 1:j8g 1:jci 1:jec 1:jpg 1:jrw 1:jte 1:k0m 1:k8k 1:kd3 1:kd7 \
    1:keu 1:l89 1:la2 1:lkx 1:lwb 1:lvv 1:lya 1:m5a 1:mem 1:nmv 1:mk5 1:mnj 1:mqy 1:n01 1:n46 \
    1:n5n 1:nbx 1:nbz 1:ngq 1:nh7 1:nhw 1:nka 1:nk0 1:nv0 1:o8h 1:og0 1:ol7 1:orf 1:ovo 1:p4u \
    1:pad 1:pxu 1:q27 1:qrd 1:r41 1:r5y 1:r6e 1:ren 1:rg8 1:rez 1:rgh 1:rge 1:rfx 1:ri1 1:rka \
    1:ruw 1:sag 1:sj6 1:srd 1:sxi 1:tq4 1:tsz 1:tw6 1:tzv 1:u0v 1:u17 1:u2j 1:umq 1:vj0 1:313e \
    1:3138 1:33dh 1:brx 1:cns 1:cop 1:39e1 1:3bgw 1:3i6r 1:vgj 1:vim 1w:15l 2:16a b:161 1:161 \
    1:161 1:161 1:15c 1:15c 1:15c 1:15d 1:15e 1:15f 1:15g 1:15h 1:15i 2:15k 1:15l 1:15m 1:15n \
    1:15o 2:15q 2:15s 1:15t 2:15v 1:15w 2:15y 1:15z 1:160 1:161 1:162 1:15h 1:15d 1:15n 1:15w \
    47g:1huh 2:1huj f:1hut io:1idj,1ida 1:1idj,1idz a7:1int 1:1int,1ink 2:1int,1inx 70:1iuw,1iun \
    1:1iux,1iun 112b:2jx3,2jxh 1:2jx4,2jxh 1:2jx4,2jxh,2jxq 1:2jx4,2jxh,2jxr 1:2jx4,2jxh,2jxs \
    1:2jx4,2jxh,2jxt 1:2jx4,2jxh,2jxu 2f:2jzt,2jxh 1:2jzu,2jxh 1:2jzt,2jxh,2jxq 1:2jzu,2jxh,2jxq \
    1:2jzt,2jxh,2jxr 1:2jzu,2jxh,2jxr 1m4g:fgd 1:fg8 1:fgh 1:2tcy 1:fog 1:fqm 1:fqz 1:fsy 1:fwa \
    1:fx5 1:fzb 1:fyn 1:ae6 1:2ud6 1:g25 1:g2c 1:g2s 1:g3b 1:2u58 1:aex 1:g2v 1:g3x 1:2u6j 1:g47 \
    1:g4k 1:fkc 1:g4s 1:g51 1:3ly7 1:g6t 1:g77 1:afz 1:g8r 1:g92 1:gaa 1:gaf 1:ahh 1:gcn 1:gcp \
    1:gdg 1:ge2 1:ged 1:gee 1:gev 1:gg9 1:ggh 1:ggq 1:ghf 1:ghp 1:ghr 1:ghr 1:ghr 1:2v58 1:m7k \
    1:gju 1:gkf 1:2vdv 1:gkr 1:gkx 1:gli 1:gpq 1:gmw 1:gnc 1:go8 1:gpu 1:gs6 1:gsw 1:gur 1:gv7 \
    1:gw4 1:gw4 1:gwp 1:gx7 1:gxf 1:gxu 1:h7a 1:gzq 1:h7b 1:h1t 1:h2s 1:g7b 1:hke 1:hce 1:hdg \
    1:he5 1:haj 1:hf6 1:hf5 1:hik 1:2x9g 1:hki 1:hkn 1:hl2 1:hlm 1:hlu 1:hnm 1:2xm0 1:2xnu 1:hrg \
    1:hsr 1:ht3 1:hqw 1:huu 1:aum 1:av0 1:hzc 1:i0u 1:i0u 1:2y88 1:i4j 1:i54 1:i5j 1:i5v 1:2yhk \
    1:i67 1:i6e 1:itv 1:i76 1:ayp 1:i8w 1:i9a 1:ibk 1:ia5 1:2z1g 1:if7 1:2z1i 1:ige 1:igb 1:igs \
    1:ijl 1:ijm 1:b3j 1:ikd 1:ilk 1:im5 1:ind 1:b4y 1:2zr7 1:b5o 1:ipc 1:ipf 1:ipi 1:iq2 1:3pg2 \
    1:iri 1:3035 1:3035 1:poh 1:isi 1:isi 1:b7r 1:335k 1:3cgq 1:iua 1:iuj 1:b8j 1:ivu 1:ix9 \
    1:ixj 1:iyh 1:j29 1:bay 1:ba4 1:j2s 1:30t0 1:j47 1:j7s 1:j7w 1:j7y 1:j7w 1:j96 1:j9q 1:jaq \
    1:jac 1:jan 1:jby 1:jci 1:jcm 1:jdc 1:jdn 1:jfh 1:jht 1:jis 1:jm8 1:31n0 1:jlp 1:jjw 1:jmw \
    1:jnn 1:jqc 1:31td 1:js2 1:jph 1:jop 1:bhq 1:ju1 1:jum 1:jvh 1:juf 1:bjg 1:k0f 1:k18 1:32mi \
    1:k4j 1:kc8 1:k7d 1:bo9 1:k9d 1:bns 1:bms 1:g42 1:g45 1:kcg 1:k9o 1:pf1 1:deh 1:kd3 1:kd7 \
    1:kdd 1:kf2 1:ker 1:33cz 1:bpl 1:kje 1:kg5 1:klu 1:kn9 1:33hp 1:kni 1:kkf 1:kr8 1:brx 1:ksi \
    1:kv7 1:kx6 1:l2g 1:33xf 1:l3v 1:bvc 1:l5t 1:34br 1:l78 1:bwu 1:l82 1:l9b 1:la2 1:la3 1:34p9 \
    1:2yvf 1:34sa 1:le6 1:354s 1:lhb 1:lhp 1:lev 1:ljq 1:lku 1:lmf 1:lkx 1:lm1 1:lmg 1:lmt \
    1:357i 1:lkk 1:lrj 1:lta 1:c37 1:lvv 1:lvr 1:35jl 1:lq1 1:m0e 1:35ni 1:35ou 1:m2u 1:m61 \
    1:m5a 1:m57 1:c5y 1:m6i 1:m7x 1:m7r 1:m99 1:2u5h 1:mdh 1:368z 1:mfw 1:36i3 1:mjs 1:mk5 1:mkw \
    1:36yw 1:mm8 1:mmt 1:3779 1:37dg 1:mt6 1:mtn 1:cdo 1:mud 1:ce0 1:ce0 1:myv 1:mzg 1:n01 1:n0l \
    1:n2i 1:cgr 1:n50 1:386u 1:n5q 1:389e 1:n74 1:2zrz 1:nbk 1:38v5 1:38vs 1:38zo 1:cn0 1:cnc \
    1:nhw 1:394j 1:394i 1:395l 1:396b 1:nj2 1:nj3 1:nj3 1:nka 1:cop 1:nm3 1:cp2 1:cra 1:39r1 \
    1:nri 1:nt8 1:nv0 1:ctf 1:3a5i 1:nyu 1:3a8q 1:3a9x 1:o0f 1:o2z 1:cvj 1:o5c 1:o5m 1:o5r \
    1:3at8 1:3b1j 1:3b1j 1:oa6 1:d1e 1:3b8r 1:og6 1:og9 1:d2f 1:3beo 1:onm 1:d5s 1:oo8 1:oo3 \
    1:oow 1:3c06 1:orn 1:d8h 1:ouf 1:ow2 1:oxx 1:d9w 1:3ciw 1:3cjr 1:dax 1:3cnt 1:p6i 1:3cqm \
    1:p79 1:pa2 1:pad 1:3d22 1:3d43 1:pcw 1:3d7s 1:pdc 1:33a7 1:ded 1:pf6 1:phf 1:dfv 1:pj2 \
    1:hx1 1:3dlz 1:3dmd 1:33bn 1:33bw 1:poh 1:pok 1:sda 1:dij 1:psh 1:psb 1:pst 1:gc3 1:ptd \
    1:ptf 1:ptp 1:puu 1:3ebg 1:put 1:pwd 1:pyb 1:q0d 1:pwj 1:q0t 1:q1z 1:q53 1:pxv 1:q16 1:q18 \
    1:q1o 1:3eie 1:3eqz 1:3emt 1:dnv 1:q9d 1:q9f 1:qae 1:3g0a 1:qck 1:3f3g 1:dp9 1:dpd 1:3f75 \
    1:3ff6 1:dpn 1:qj4 1:qjg 1:qjr 1:qjt 1:qll 1:qko 1:qoe 1:qn6 1:qrd 1:qp4 1:qqz 1:qrq 1:dsn \
    1:qu9 1:qv5 1:dtl 1:qxs 1:qxv 1:3giv 1:r13 1:r1a 1:dv9 1:r22 1:aez 1:3gz2 1:3h46 1:dz2 1:dzb \
    1:rds 1:rfx 1:rka 1:rpx 1:3hrc 1:rsb 1:rsx 1:rvf 1:rxz 1:3i9b 1:2upw 1:s0b 1:rzw 1:s1c \
    1:2uvy 1:s7o 1:sag 1:3jki 1:3jl9 1:sk4 1:smp 1:snl 1:3ju6 1:snv 1:svs 1:t07 1:t08 1:sxo \
    1:t89 1:t91 1:3ksa 1:tjf 1:ej9 1:tkn 1:3l2v 1:eli 1:ts3 1:iia 1:tur 1:3ltx 1:3lzu 1:epa \
    1:epi 1:u00 1:3mdm 1:er6 1:3mhi 1:u17 1:u17 1:u21 1:3mpi 1:u76 1:eur 1:u95 1:ucn 1:ude 1:uf2 \
    1:ez2 1:3nsg 1:umq 1:uv4 1:v0d 1:f66 1:f71 1:v3b 1:3owe 1:f7c 1:3oxx 1:3p5a 1:3p8x 1:vcr \
    1:f9y 1:veh 1:vem 1:vet 1:vf3 1:vfa 1:vgb 1:3pxc
    """
}
