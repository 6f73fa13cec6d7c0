/// The top-level modules whose names are code unless ``KnownGlobals`` lists them exactly.
enum CodeModules {
  /// Whether a module is code.
  ///
  /// - Parameter translated: the pickle is of protocol 0 to 2, where Python also takes the names of Python 2.
  static func contains(_ root: String, translated: Bool) -> Bool {
    standardLibrary.contains(root) || packages.contains(root) || (translated && python2.contains(root))
  }

  /// What a file is that names a module of this package, where people often save such.
  static func product(of module: String) -> String? {
    switch module.prefix(while: { $0 != "." }) {
    case "sklearn": "a vectorizer or model of scikit-learn"
    case "scipy": "a matrix of scipy, as TF-IDF indexes have"
    case "joblib": "values saved by joblib"
    case "torch", "transformers": "a model of PyTorch"
    case "tensorflow", "keras", "tf_keras": "a model of Keras"
    case "xgboost", "lightgbm", "catboost": "a model of decision trees"
    case "pandas": "a table of pandas"
    default: nil
    }
  }

  private static func names(_ list: String) -> Set<String> {
    Set(list.split(separator: " ").map(String.init))
  }

  /// Packages that can run, import or fetch things, or that allocate at will.
  private static let packages = names(
    """
    Cython IPython Pyro4 Pyro5 _cffi_backend _distutils_hack _pytest catboost celery cffi cloudpickle \
    cython dask diffusers dill distlib distributed eventlet execnet faiss gevent hickle huggingface_hub \
    invoke ipykernel jax jaxlib jinja2 joblib jsonpickle jupyter_client keras klepto lightgbm lightning \
    mako matplotlib mlflow nose numba numexpr numpy onnx onnxruntime pandas paramiko peft pexpect pickle5 \
    pip pkg_resources plumbum psutil ptyprocess py pyautogui pytest pythoncom pytorch_lightning pyximport \
    ray rpyc ruamel scipy setuptools sklearn sympy tensorflow tf_keras theano torch torchaudio torchvision \
    transformers virtualenv wheel win32api win32com xgboost yaml
    """)

  /// What Python's `_compat_pickle` translates.
  private static let python2 = names(
    """
    BaseHTTPServer CGIHTTPServer ConfigParser Cookie Dialog DocXMLRPCServer FileDialog HTMLParser Queue \
    ScrolledText SimpleDialog SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tix Tkconstants \
    Tkdnd Tkinter UserDict UserList UserString _abcoll _winreg anydbm cPickle cStringIO commands cookielib \
    dbhash dumbdbm dummy_thread exceptions gdbm htmlentitydefs httplib markupbase repr robotparser test \
    thread tkColorChooser tkCommonDialog tkFileDialog tkFont tkMessageBox tkSimpleDialog ttk urllib2 \
    urlparse whichdb xmlrpclib
    """)

  /// `sys.stdlib_module_names` of Python 3.9 to 3.14.
  private static let standardLibrary = names(
    """
    __builtin__ __future__ __hello__ __phello__ _abc _aix_support _android_support _apple_support _ast \
    _asyncio _bisect _blake2 _bootlocale _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk \
    _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize \
    _compat_pickle _compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm \
    _decimal _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq \
    _hmac _imp _interpchannels _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma \
    _markupbase _md5 _msi _multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support \
    _overlapped _pickle _posixshmem _posixsubprocess _py_abc _pydatetime _pydecimal _pyio _pylong _pyrepl \
    _queue _random _remote_debugging _scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket \
    _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _suggestions _symtable _sysconfig \
    _testbuffer _testcapi _testimportmultiple _testinternalcapi _testmultiphase _thread _threading_local \
    _tkinter _tokenize _tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _xxinterpchannels \
    _xxsubinterpreters _zoneinfo _zstd abc aifc annotationlib antigravity argparse array ast asynchat \
    asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi \
    cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent \
    configparser contextlib contextvars copy copy_reg copyreg crypt csv ctypes curses dataclasses datetime \
    dbm decimal difflib dis distutils doctest dummy_threading email encodings ensurepip enum errno \
    faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc genericpath \
    getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp \
    importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma macpath \
    mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis \
    nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle \
    pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd \
    py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource \
    rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site sitecustomize smtpd \
    smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat \
    statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny \
    tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib \
    trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib \
    usercustomize uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc \
    zipapp zipfile zipimport zlib zoneinfo
    """)
}
